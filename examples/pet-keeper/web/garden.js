// The garden around the chat: it shows what the bot tells of the tortoise, and puts words into the chat.
const chat = document.querySelector("openai-chatkit");
const dark = matchMedia("(prefers-color-scheme: dark)");
const find = (selector) => document.querySelector(selector);

let thread = new URLSearchParams(location.hash.slice(1)).get("thread");
let changes = 0;

// What the page shows.

function show(pet) {
  changes++;
  find("#name").textContent = find(".sign").textContent = pet.name || "Nameless";
  find("#meal").textContent = `Last meal: ${pet.meal}`;
  for (const part of ["food", "mood", "shine"]) {
    const bar = find(`#${part}`);
    bar.querySelector("b").textContent = pet[part];
    bar.querySelector("i").ariaValueNow = pet[part];
    bar.style.setProperty("--share", pet[part] / 10);
    document.body.style.setProperty(`--${part}`, pet[part] / 10);
  }
  document.body.dataset.mood = pet.mood < 4 || pet.food < 3 ? "low" : pet.mood > 7 ? "high" : "even";
  document.body.toggleAttribute("data-named", pet.name !== "");
}

function speak(words) {
  const bubble = find(".words");
  bubble.textContent = words;
  bubble.classList.remove("is-new");
  void bubble.offsetWidth; // or the animation would not begin anew
  bubble.classList.add("is-new");
}

/** The drawing becomes a part of the page, so that the style sheet reaches what is in it. */
function draw() {
  const request = new XMLHttpRequest(); // it parses, and fetch does not
  request.responseType = "document";
  request.onload = () => find("#tortoise").append(request.responseXML.documentElement);
  request.open("GET", "tortoise.svg");
  request.send();
}

// What the bot tells: all that there is when a thread is opened, and then each change.

async function load() {
  const before = changes;
  const answer = await fetch(thread ? `/pets/${encodeURIComponent(thread)}` : "/pets");
  if (!answer.ok && thread) return open(null);
  const { pet } = await answer.json();
  if (before === changes) show(pet); // a change that came meanwhile is newer
}

chat.addEventListener("chatkit.effect", ({ detail: { name, data } }) => {
  if (data.thread !== thread) return; // another conversation's, which still runs
  if (name === "pet_changed") show(data.pet);
  if (name === "pet_spoke") speak(data.words);
});

chat.addEventListener("chatkit.thread.change", ({ detail: { threadId } }) => open(threadId));

function open(threadId) {
  thread = threadId;
  history.replaceState(null, "", thread ? `#thread=${encodeURIComponent(thread)}` : location.pathname);
  find(".words").classList.remove("is-new");
  void load();
}

// What the page says.

for (const button of document.querySelectorAll("[data-say]")) {
  button.onclick = () => chat.sendUserMessage({ text: button.dataset.say });
}

async function onAction(action) {
  if (action.type === "pet.more_names") await chat.sendUserMessage({ text: "More names, please" });
}

function setOptions() {
  const tint = dark.matches ? "#a3c968" : "#4d7c0f";
  chat.setOptions({
    api: { url: "/chatkit", domainKey: "" },
    initialThread: thread,
    frameTitle: "Talk about the tortoise",
    theme: {
      colorScheme: dark.matches ? "dark" : "light",
      radius: "round",
      color: { accent: { primary: tint, level: 1 } },
    },
    startScreen: {
      greeting: "Somebody small is waiting in the grass",
      prompts: [
        { label: "Feed the tortoise", prompt: "Feed the tortoise some clover", icon: "lucide:sprout" },
        { label: "Think of a name", prompt: "Suggest names for the tortoise", icon: "name" },
        { label: "Say hello", prompt: "Say hello to the tortoise", icon: "lucide:message-circle" },
      ],
    },
    composer: { placeholder: "What shall we do?" },
    widgets: { onAction },
  });
}

draw();
await customElements.whenDefined("openai-chatkit");
setOptions();
dark.onchange = setOptions;
void load();
