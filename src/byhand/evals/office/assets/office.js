// What a page of the office does in the browser: the listbox, and a dialog that comes up in mid-typing.
// Everything else is plain forms and links, so that it also works without this.

/** The listbox: a button that opens a list of options; keys as in the ARIA pattern "select-only combobox".
 * @param {HTMLElement} box */
function listbox(box) {
  const button = /** @type {HTMLButtonElement} */ (box.querySelector('[role=combobox]'))
  const list = /** @type {HTMLElement} */ (box.querySelector('[role=listbox]'))
  const value = /** @type {HTMLInputElement} */ (box.querySelector('input[type=hidden]'))
  const now = /** @type {HTMLElement} */ (button.firstElementChild)
  const options = /** @type {HTMLElement[]} */ ([...list.children])
  let here = Math.max(0, options.findIndex((one) => one.getAttribute('aria-selected') === 'true'))

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    if (open) go(here)
    else button.removeAttribute('aria-activedescendant')
  }
  /** @param {number} place */
  function go(place) {
    here = Math.min(Math.max(place, 0), options.length - 1)
    for (const one of options) one.toggleAttribute('data-here', one === options[here])
    button.setAttribute('aria-activedescendant', options[here].id)
    options[here].scrollIntoView({ block: 'nearest' })
  }
  function choose() {
    for (const one of options) one.setAttribute('aria-selected', String(one === options[here]))
    value.value = options[here].dataset.value ?? ''
    now.textContent = (options[here].textContent ?? '').trim()
    show(false)
    button.focus()
    value.dispatchEvent(new Event('change', { bubbles: true }))
  }
  button.addEventListener('click', () => show(list.hidden))
  button.addEventListener('blur', () => setTimeout(() => { if (!box.contains(document.activeElement)) show(false) }))
  button.addEventListener('keydown', (event) => {
    const open = !list.hidden
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) show(true)
      else go(here + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (open && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      choose()
    } else if (open && event.key === 'Escape') {
      event.preventDefault()
      show(false)
    } else if (open && (event.key === 'Home' || event.key === 'End')) {
      event.preventDefault()
      go(event.key === 'Home' ? 0 : options.length - 1)
    } else if (event.key.length === 1 && event.key !== ' ') {
      const found = options.findIndex((one) => (one.textContent ?? '').trim().toLowerCase().startsWith(event.key.toLowerCase()))
      if (found >= 0) { show(true); go(found) }
    }
  })
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[role=option]'))
    if (option) { here = options.indexOf(option); choose() }
  })
}

for (const box of document.querySelectorAll('[data-listbox]')) listbox(/** @type {HTMLElement} */ (box))

const over = document.querySelector('[data-over] button:last-of-type')
if (over instanceof HTMLElement) over.focus()

// A dialog in mid-typing takes the focus, so that the next keys go to it. That something was typed is told, not what.
const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template[data-interrupts]'))
if (template) {
  let typed = 0
  document.addEventListener('input', (event) => {
    const target = /** @type {Element} */ (event.target)
    if (target.closest('[role=dialog]') || !target.closest('form') || target.closest('[role=search]')) return
    typed += 1
    if (typed !== 4) return
    document.body.append(template.content.cloneNode(true))
    const dialog = /** @type {HTMLElement} */ (document.querySelector('[role=dialog]'))
    for (const one of document.body.children) if (!one.contains(dialog)) one.toggleAttribute('inert', true)
    const field = /** @type {HTMLInputElement} */ (dialog.querySelector('input'))
    field.addEventListener('input', () => fetch('/_answer', { method: 'POST', body: new URLSearchParams({ _typed: '1' }) }), { once: true })
    field.focus()
  })
}
