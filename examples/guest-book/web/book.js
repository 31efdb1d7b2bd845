const { entries } = await (await fetch("/book")).json();
document.querySelector("#book").append(
  ...entries.map(({ id, words, likes }) => {
    const row = document.createElement("li");
    row.textContent = `${words} (${likes})`;
    row.onclick = async () => {
      const headers = { "content-type": "application/json" };
      const liked = await fetch(`/book/${id}/like`, { method: "POST", headers, body: "{}" });
      row.textContent = `${words} (${(await liked.json()).likes})`;
    };
    return row;
  }),
);
