/**
 * Which fields hold secrets, and whose words the page wants hidden.
 *
 * Rules of this file: it errs on the side of "secret". Once secret, always secret: a field that shows its password stays
 * one, and so does the field that a page puts in its place under the same name. Nothing here reads what a field holds.
 */
const secrets = (() => {
  // ---- made by scripts/secret_labels.py from src/byhand/privacy/rules/secret_labels.txt
  const WORDS = "2fa|access ?code|access ?key|account ?no|account ?number|adgangskode|api ?key|ausweisnummer|auth ?code|authentication ?code|backup ?code|bestatigungscode|bic|birth ?date|bsn|card ?no|card ?nr|card ?number|cid|clave|cle ?secrete|code ?d ?acces|code ?de ?securite|code ?de ?verification|code ?secret|codice ?di ?sicurezza|codice ?di ?verifica|codice ?fiscale|codice ?segreto|codigo ?de ?acceso|codigo ?de ?seguranca|codigo ?de ?seguridad|codigo ?de ?verificacion|codigo ?secreto|confirmation ?code|contrasena|cpf|credential|credit ?card|cryptogramme|csc|curp|cvc|cvc2|cvv|cvv2|date ?de ?naissance|date ?of ?birth|debit ?card|dni|einmalcode|einmalkennwort|einmalpasswort|expiration|expiration ?date|expiry|expiry ?date|fecha ?de ?nacimiento|freischaltcode|geburtsdatum|geheimnis|geheimzahl|geslo|hasło|heslo|iban|insurance ?number|itin|jelszo|kaartnummer|kartennummer|kartenprufnummer|kata ?sandi|kennwort|kontonummer|kreditkarte|kreditkartennummer|licence ?number|license ?number|login ?code|losenord|lozinka|maiden ?name|mfa|mot ?de ?passe|mother ?s ?maiden ?name|mots ?de ?passe|national ?insurance|nif|numero ?de ?carte|numero ?de ?compte|numero ?de ?cuenta|numero ?de ?securite ?sociale|numero ?de ?tarjeta|numero ?di ?carta|numero ?di ?conto|one ?time ?code|one ?time ?passcode|one ?time ?password|otp|palabra ?clave|palavra ?passe|parola|parola ?d ?ordine|parool|pass|pass ?word|passcode|passord|passphrase|passport|passport ?number|passwd|password|passwort|passworter|personnummer|pesel|phrase ?secrete|pin|pin ?code|private ?key|prufnummer|prufziffer|puk|pwd|recovery ?code|recovery ?key|recovery ?phrase|routing ?number|salasana|schlussel|secret|secret ?key|security ?answer|security ?code|seed ?phrase|senha|sicherheitscode|sicherheitsfrage|sifre|sms ?code|social ?security|social ?security ?number|sort ?code|sozialversicherungsnummer|ssn|steuer ?id|steuernummer|swift|tan|tax ?id|tax ?number|toegangscode|token|totp|verification ?code|wachtwoord|zaporka|zugangscode|zugangsdaten";
  const ANYWHERE = "mat khau|κωδικοσ|лозинка|пароль|пин код|пинкод|секрет|סיסמה|رمز عبور|كلمة المرور|كلمه المرور|पसवरड|รหสผาน|비밀번호|인증번호|ハスワート|口令|密码|密碼|暗証番号|認証コート|驗證碼|验证码";
  // ---- end of what is made

  const LABELS = new RegExp(`(?:^| )(?:${WORDS})s?(?= |$)|${ANYWHERE}`, "u");
  const MOST_LABEL = 200;
  const TYPED = new Set(["text", "search", "tel", "url", "email", "number", "password", "date", "month", "week", "time", "datetime-local"]);
  const TYPED_ROLES = /^\s*(?:textbox|searchbox|combobox|spinbutton)\b/;
  const TOKENS = /(?:^|\s)(?:cc-[a-z-]+|one-time-code|new-password|current-password)(?:\s|$)/i;
  const SECRET_NOW = 'input[type="password" i],[autocomplete*="cc-" i],[autocomplete*="one-time-code" i],[autocomplete*="-password" i]';
  // A code that arrives by message; not one of those that are on every letter.
  const CODE = /(?:^| )(?:code|digit|otp|one time|verification|confirm)s?(?= |$)/u;
  const NO_CODE = /(?:^| )(?:zip|postal|post|plz|country|area|dial|promo|coupon|discount|voucher|item|product|article|project|bar|qr|colou?r|currency|language)(?= |$)/u;

  const BLOCK = [
    "[data-byhand-block]", ".rr-block", "[data-rr-block]", ".ph-no-capture", "[data-ph-no-capture]", ".sentry-block", "[data-sentry-block]",
    ".fs-exclude", ".fs-block", '[data-dd-privacy="hidden"]', ".dd-privacy-hidden",
  ].join(",");
  const MASK = [
    BLOCK, "[data-byhand-mask]", ".rr-mask", "[data-rr-mask]", ".rr-ignore", ".ph-sensitive", ".ph-mask", ".sentry-mask", "[data-sentry-mask]",
    ".sentry-ignore", ".fs-mask", '[data-dd-privacy]:not([data-dd-privacy="allow"])', '[class*="dd-privacy-mask"]',
    "[data-hj-suppress]", "[data-private]", '[data-clarity-mask]:not([data-clarity-mask="false" i])',
  ].join(",");

  /** @type {WeakSet<Element>} */
  const ever = new WeakSet();
  /** Names and ids that secret fields have had. @type {WeakMap<Node, Set<string>>} */
  const called = new WeakMap();
  /** When the labels and looks of a field were last judged and said nothing. @type {WeakMap<Element, number>} */
  const harmless = new WeakMap();
  /** When nothing hid its words. @type {WeakMap<Element, number>} */
  const shown = new WeakMap();
  /** So long that stands: both are asked at every key. */
  const HARMLESS_MS = 500;
  /** @type {WeakSet<Node>} */
  const watched = new WeakSet();
  // Only the kind of a field is watched, so that a password shown before it was first used is known too.
  const kinds = new MutationObserver((changes) => changed(changes));

  /** @param {MutationRecord[]} changes */
  function changed(changes) {
    for (const change of changes) {
      const el = /** @type {Element} */ (change.target);
      const was = change.oldValue ?? "";
      if (change.attributeName === "type" ? was.trim().toLowerCase() === "password" : TOKENS.test(was)) remember(el);
    }
  }

  /** @param {Element} el */
  function remember(el) {
    if (ever.has(el)) return;
    ever.add(el);
    const root = dom.root(el);
    const names = called.get(root) ?? new Set();
    called.set(root, names);
    for (const name of ["name", "id"]) {
      const value = dom.attr(el, name);
      if (value && value.length <= MOST_LABEL && names.size < 500) names.add(`${name} ${value}`);
    }
  }

  /** Lower case, without accents, signs turned to spaces, camelCase taken apart; as the recorder's rules do. @param {string} label */
  function folded(label) {
    const plain = label.normalize("NFKC").replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").toLowerCase().replace(/ß/g, "ss").replace(/ı/g, "i").replace(/ς/g, "σ");
    return plain.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  /** Can something be typed or chosen in it? @param {Element} el @param {string} tag */
  function typed(el, tag) {
    if (tag === "input") return TYPED.has(/** @type {HTMLInputElement} */ (el).type);
    if (tag === "textarea" || tag === "select") return true;
    return (dom.has(el, "role") && TYPED_ROLES.test(dom.attr(el, "role").slice(0, MOST_LABEL))) || host(el);
  }

  /** Is it the outermost element of something a person can write in? @param {Element} el */
  function host(el) {
    if (!dom.has(el, "contenteditable")) return false;
    const wish = dom.attr(el, "contenteditable").trim().toLowerCase();
    return wish === "" || wish === "true" || wish === "plaintext-only";
  }

  /** All words that say what a field is for, each folded. @param {Element} el @param {string} tag */
  function* labels(el, tag) {
    for (const name of ["aria-label", "placeholder", "aria-placeholder", "title", "name", "id"]) {
      const value = dom.attr(el, name);
      if (value) yield folded(value.slice(0, MOST_LABEL));
    }
    if (tag === "input" || tag === "textarea" || tag === "select") {
      for (const label of dom.labels(el).slice(0, 5)) yield folded(words(label));
    }
    const by = dom.attr(el, "aria-labelledby");
    if (!by) return;
    const root = dom.root(el);
    for (const id of by.slice(0, 1000).split(/\s+/).slice(0, 5)) {
      const label = id && dom.byId(root, id);
      if (label) yield folded(words(label));
    }
  }

  /** The first words below an element, without what is written in fields. @param {Element} el */
  function words(el) {
    let text = "";
    const open = [/** @type {Node} */ (el)];
    for (let seen = 0; open.length && seen < 100 && text.length < MOST_LABEL; seen++) {
      const at = /** @type {Node} */ (open.pop());
      if (dom.isText(at)) text += dom.letters(at, MOST_LABEL);
      else if (dom.isElement(at) && !/^(?:select|textarea|script|style)$/.test(dom.tag(at)) && !host(at)) open.push(...dom.nodesBelow(at, 100).reverse());
    }
    return text.slice(0, MOST_LABEL);
  }

  /** One box of several that take one letter each. @param {Element} el */
  function oneOfMany(el) {
    if (dom.attr(el, "maxlength").trim() !== "1") return false;
    let around = dom.parentElement(el);
    for (let up = 0; around && up < 4 && dom.tag(around) !== "body"; up++, around = dom.parentElement(around)) {
      if (dom.all(around, 'input[maxlength="1"]').length >= 4) return true;
    }
    return false;
  }

  /** @param {Element} el @param {string} tag */
  function now(el, tag) {
    if (tag === "input" && /** @type {HTMLInputElement} */ (el).type === "password") return true;
    if (dom.has(el, "autocomplete") && TOKENS.test(dom.attr(el, "autocomplete").slice(0, MOST_LABEL))) return true;
    const asked = performance.now();
    if (asked - (harmless.get(el) ?? -Infinity) < HARMLESS_MS) return false;
    if (says(el, tag)) return true;
    harmless.set(el, asked);
    return false;
  }

  /** Do its labels or its looks say so? @param {Element} el @param {string} tag */
  function says(el, tag) {
    const numbers = tag === "input" && (/^(?:numeric|tel|decimal)$/i.test(dom.attr(el, "inputmode")) || dom.attr(el, "pattern").startsWith("[0-9]"));
    for (const label of labels(el, tag)) {
      if (LABELS.test(label)) return true;
      if (numbers && CODE.test(label) && !NO_CODE.test(label)) return true;
    }
    if (tag === "input" && oneOfMany(el)) return true;
    const security = dom.style(el).getPropertyValue("-webkit-text-security");
    return security !== "" && security !== "none";
  }

  return {
    BLOCK, MASK, host,

    /** A secret field, now or ever before. Fields only: words are never secret by themselves. @param {Element} el @returns {boolean} */
    secret(el) {
      const waiting = kinds.takeRecords();
      if (waiting.length) changed(waiting);
      if (ever.has(el)) return true;
      const tag = dom.tag(el);
      if (tag === "input" && /** @type {HTMLInputElement} */ (el).type === "hidden") return true;
      if (!typed(el, tag)) return false;
      const names = called.get(dom.root(el));
      const known = names && (names.has(`name ${dom.attr(el, "name")}`) || names.has(`id ${dom.attr(el, "id")}`));
      if (!known && !now(el, tag)) return false;
      remember(el);
      return true;
    },

    /** Call for every document and shadow root met: fields that are secret now stay so. @param {Document | ShadowRoot} root */
    watch(root) {
      if (!watched.has(root)) {
        watched.add(root);
        kinds.observe(root, { subtree: true, attributes: true, attributeFilter: ["type", "autocomplete"], attributeOldValue: true });
      }
      for (const el of dom.all(root, SECRET_NOW)) remember(el);
    },

    /** Does the page want its words hidden? Also those of all that lies in it, through shadow roots. @param {Element} el @returns {boolean} */
    masked(el) {
      const asked = performance.now();
      if (asked - (shown.get(el) ?? -Infinity) < HARMLESS_MS) return false;
      if (within(el, MASK)) return true;
      shown.set(el, asked);
      return false;
    },

    /** Is it, or does it lie in, something of which only the box may be told? @param {Element} el @returns {boolean} */
    blocked: (el) => within(el, BLOCK),
  };

  /** @param {Element} el @param {string} marks */
  function within(el, marks) {
    if (dom.closest(el, marks)) return true;
    // What is slotted is drawn in the slot's tree: that one may hide it, and so may the host's.
    let at = el;
    for (let up = 0; up < 300; up++) {
      const slot = dom.slotOf(at);
      const light = slot ? null : dom.parentElement(at);
      const parent = slot ?? light ?? dom.above(at);
      if (!parent) return false;
      if (!light && dom.closest(parent, marks)) return true;
      at = parent;
    }
    return false;
  }
})();
