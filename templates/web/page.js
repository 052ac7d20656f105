// The terminal has the keyboard from the start: nobody has to click into it first.
const waiting = setInterval(() => {
  const line = document.querySelector(".xterm-helper-textarea");
  if (line && document.body.classList.contains("-first-byte")) {
    clearInterval(waiting);
    line.focus();
  }
}, 50);
