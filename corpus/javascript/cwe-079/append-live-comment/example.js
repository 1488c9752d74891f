function showComment(list, comment) {
  const item = document.createElement("li");
  item.className = comment.pinned ? "comment pinned" : "comment";
  // textContent never parses what it is given
  item.textContent = `${comment.author}: ${comment.text}`;
  list.append(item);
  while (list.children.length > 200) {
    list.firstElementChild.remove();
  }
}

const socket = new WebSocket("wss://stream.example/comments");
socket.addEventListener("message", (event) => {
  showComment(document.querySelector("#comments"), JSON.parse(event.data));
});
