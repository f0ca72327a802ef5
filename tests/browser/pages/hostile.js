// A page that breaks all it can reach in its own world, and names its pictures and fields as the document names things.
() => {
  const liar = () => {
    throw new Error("mine");
  };
  EventTarget.prototype.addEventListener = liar;
  Event.prototype.composedPath = liar;
  Element.prototype.matches = liar;
  Object.defineProperty(Node.prototype, "parentNode", { get: liar });
  Object.defineProperty(Event.prototype, "isTrusted", { get: liar });
  Array.prototype.push = liar;
  JSON.stringify = liar;
  Object.prototype.say = "got";
  Object.prototype.toJSON = liar;
  document.getElementById("save").setAttribute("aria-label", "x".repeat(5e6));
  const fields = "<form id=f><input name=tagName><input name=parentNode></form>";
  document.body.insertAdjacentHTML("beforeend", `<img name=title><img name=body>${fields}`);
};
