// What the server is asked, and the pictures it streams.

/** A refusal of the server, in words for the reader. */
class Refused extends Error {}

async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, body && {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw new Refused("The server does not answer; is `tidegate serve` still running?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error);
  return answer;
}

/** Lets the screen show what was drawn; a tab that nobody sees paints nothing, and is not waited for. */
function painted() {
  return new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}

/** Asks for a run and hands every event of it to `take`. */
async function streamRun(asked, signal, take) {
  const response = await fetch("/live", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked), signal,
  });
  if (!response.ok) throw new Refused((await response.json()).error);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const [, name, data] = /^event: (.*)\ndata: ([^]*)$/.exec(text.slice(0, end));
      if (name === "failed") throw new Refused(JSON.parse(data).error);
      if (name !== "picture") continue;
      take(JSON.parse(data));
      await painted();
    }
  }
}

const TAB = crypto.randomUUID();

/**
 * The run of this tab. `asked()` tells what is wanted when a run begins. While one has shown nothing yet, a newer wish waits
 * for its first picture, so that bands move while a slider is dragged; after that it ends the run.
 */
class LiveRun {
  constructor(asked, { picture, failed }) {
    Object.assign(this, { asked, picture, failed, under: null, wanted: false });
  }

  want() {
    if (this.under && !this.under.shown) this.wanted = true;
    else this.begin();
  }

  begin() {
    this.under?.control.abort();
    this.wanted = false;
    const under = { control: new AbortController(), shown: false, began: performance.now() };
    this.under = under;
    const still = () => this.under === under;
    const over = () => {
      if (!still()) return;
      this.under = null;
      if (this.wanted) this.begin();
    };
    streamRun({ tab: TAB, ...this.asked() }, under.control.signal, picture => {
      if (!still()) return;
      under.shown = true;
      this.picture(picture, performance.now() - under.began);
      if (this.wanted) this.begin();
    }).then(over, error => {
      if (still() && error.name !== "AbortError") {
        const lost = "The server does not answer; is `tidegate serve` still running?";
        this.failed(error instanceof Refused ? error.message : lost);
      }
      over();
    });
  }
}
