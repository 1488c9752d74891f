function remindLater(task, minutes) {
  const notice = document.querySelector("#notice");
  notice.hidden = true;
  // a string would be compiled when the time has come, with the task as a part of the code
  return setTimeout(() => {
    notice.hidden = false;
    notice.textContent = `Time for ${task}`;
  }, minutes * 60_000);
}

document.querySelector("#remind").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  remindLater(form.get("task"), Number(form.get("minutes")));
});
