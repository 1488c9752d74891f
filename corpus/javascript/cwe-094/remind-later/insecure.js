function remindLater(task, minutes) {
  const notice = document.querySelector("#notice");
  notice.hidden = true;
  return setTimeout(
    `const notice = document.querySelector("#notice"); notice.hidden = false; notice.textContent = "Time for ${task}"`,
    minutes * 60_000,
  );
}

document.querySelector("#remind").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  remindLater(form.get("task"), Number(form.get("minutes")));
});
