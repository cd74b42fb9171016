/* Optional. Turns input[data-suggest] into a WAI-ARIA 1.2 combobox (list autocomplete, manual selection).
   Without this script the box is a plain search form. Only createElement and textContent: fits CSP default-src 'self' and Trusted Types. */
(() => {
  'use strict';
  const fmt = new Intl.NumberFormat('fr-FR');
  const make = (tag, props, ...kids) => {
    const e = document.createElement(tag);
    for (const k in props) k in e && typeof e[k] !== 'object' ? e[k] = props[k] : e.setAttribute(k, props[k]);
    e.append(...kids);
    return e;
  };
  const setup = (input, no) => {
    const id = 'nq-suggest-' + no;
    const list = make('ul', { id, className: 'suggest', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
    const said = make('p', { className: 'vh', role: 'status' });
    const form = input.form;
    form.append(list, said);
    for (const [k, v] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' })) input.setAttribute(k, v);
    let at = -1, timer = 0, typed = input.value, stop = null;

    const options = () => list.children;
    const close = () => {
      at = -1;
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const mark = (i) => {
      const all = options();
      if (all[at]) all[at].setAttribute('aria-selected', 'false');
      at = i;
      if (i < 0) { input.removeAttribute('aria-activedescendant'); return; }
      all[i].setAttribute('aria-selected', 'true');
      all[i].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', all[i].id);
    };
    const go = (item) => {
      close();
      if (item.href) { location.assign(item.href); return; }
      input.value = item.text;
      form.requestSubmit();
    };
    const show = (items) => {
      at = -1;
      input.removeAttribute('aria-activedescendant');
      list.replaceChildren(...items.map((item, i) => {
        const note = [item.kind, item.n == null ? '' : fmt.format(item.n)].filter(Boolean).join(', ');
        const li = make('li', { id: id + '-' + i, role: 'option', 'aria-selected': 'false' }, make('span', { textContent: item.text }), make('span', { textContent: note }));
        li.addEventListener('pointerdown', (e) => e.preventDefault());
        li.addEventListener('click', () => go(item));
        li.item = item;
        return li;
      }));
      list.hidden = !items.length;
      input.setAttribute('aria-expanded', String(!!items.length));
      said.textContent = items.length ? items.length + (items.length < 2 ? ' suggestion' : ' suggestions') : '';
    };
    const ask = async () => {
      const q = input.value.trim();
      if (stop) stop.abort();
      if (q.length < 2) { close(); said.textContent = ''; return; }
      stop = new AbortController();
      try {
        const url = new URL(input.dataset.suggest, document.baseURI);
        url.searchParams.set('q', q);
        const r = await fetch(url, { signal: stop.signal, headers: { Accept: 'application/json' } });
        if (!r.ok) return;
        const items = await r.json();
        if (document.activeElement === input) show(items);
      } catch { /* offline, aborted or file:// — the form still works */ }
    };

    input.addEventListener('input', () => { typed = input.value; clearTimeout(timer); timer = setTimeout(ask, 150); });
    input.addEventListener('blur', () => { clearTimeout(timer); close(); });
    input.addEventListener('keydown', (e) => {
      if (e.isComposing) return;
      const count = list.hidden ? 0 : options().length;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        if (!count) { if (e.key === 'ArrowDown') { e.preventDefault(); ask(); } return; }
        e.preventDefault();
        const step = e.key === 'ArrowDown' ? 1 : -1;
        /* -1 is the text as typed: the ring goes typed → first … last → typed */
        mark((at + 1 + step + count + 1) % (count + 1) - 1);
        input.value = at < 0 ? typed : options()[at].item.text;
      } else if (e.key === 'Escape' && count) {
        e.preventDefault();
        input.value = typed;
        close();
      } else if (e.key === 'Enter' && count && at >= 0) {
        e.preventDefault();
        go(options()[at].item);
      }
    });
  };
  document.querySelectorAll('.nq input[data-suggest]').forEach(setup);
})();
