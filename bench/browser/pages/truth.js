// Runs in the page's own world before all else there, as a page's first script would.
{
  // The truth: what a person's input did here, counted by the page itself, across its own navigations.
  const seen = JSON.parse(sessionStorage.seen || "{}")
  seen.open = seen.open || {}
  const count = event => {
    if (!event.isTrusted) return
    const what = event.key || "pointer", down = event.type.endsWith("down")
    // The browser drops input while it changes pages: an end whose beginning no page saw is counted apart.
    const type = down || seen.open[what] ? event.type : "orphans"
    seen.open[what] = down
    seen[type] = (seen[type] || 0) + 1
    sessionStorage.seen = JSON.stringify(seen)
  }
  for (const type of ["pointerdown", "pointerup", "keydown", "keyup"]) window.addEventListener(type, count, true)
  seen.loads = (seen.loads || 0) + 1
  sessionStorage.seen = JSON.stringify(seen)
}
