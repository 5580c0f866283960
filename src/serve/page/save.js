// The dialog that keeps a setting as a scenario file and, if wanted, runs it.

class SaveDialog {
  /** `asked()` tells the setting and its words; `saved(answer)` is told what was kept. */
  constructor(dialog, asked, saved) {
    Object.assign(this, { dialog, asked, saved, name: byId("save-name"), heading: byId("save-heading"), run: byId("save-run") });
    this.trouble = byId("save-trouble");
    this.name.addEventListener("input", () => this.places());
    byId("save-cancel").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", event => {
      event.preventDefault();
      this.save();
    });
  }

  open() {
    const { setting, title, words } = this.asked();
    this.setting = setting;
    this.name.value = "";
    this.heading.value = (words ? `${title}: ${words}` : title).slice(0, 200);
    this.trouble.hidden = true;
    this.places();
    this.dialog.showModal();
    this.name.focus();
  }

  places() {
    const name = this.name.value || "NAME";
    byId("save-file").textContent = name + ".toml";
    byId("save-folder").textContent = "output/" + name;
  }

  async save() {
    const button = byId("save-do");
    button.disabled = true;
    button.textContent = this.run.checked ? "Running…" : "Saving…";
    this.trouble.hidden = true;
    try {
      const asked = { setting: this.setting, name: this.name.value, title: this.heading.value, run: this.run.checked };
      const answer = await ask("/save", asked);
      this.dialog.close();
      this.saved(answer);
    } catch (error) {
      this.trouble.textContent = error.message;
      this.trouble.hidden = false;
    } finally {
      button.disabled = false;
      button.textContent = "Save";
    }
  }
}
