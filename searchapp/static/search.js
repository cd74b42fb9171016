/* Optional. Turns input[data-suggest] into a WAI-ARIA 1.2 combobox (list autocomplete, manual selection).
   Without this script the box is a plain search form. Only createElement and textContent: fits CSP default-src 'self' and Trusted Types.
   Keys: arrows move (and open), Home and End where an option is active, Enter takes it, Escape closes, a second one clears. */
(() => {
  'use strict';
  const DEBOUNCE = 150; // ms: a fast typist's letters lie closer together
  const SHORTEST = 2;
  const make = (tag, props, ...kids) => {
    const e = document.createElement(tag);
    for (const k in props) k in e && typeof e[k] !== 'object' ? e[k] = props[k] : e.setAttribute(k, props[k]);
    e.append(...kids);
    return e;
  };

  const setup = (input, no) => {
    const id = 'nq-suggest-' + no, words = input.dataset;
    const fmt = new Intl.NumberFormat(input.closest('[lang]')?.lang);
    const counted = (n) => (n ? n < 2 ? words.one : words.many : words.none).replace('{n}', fmt.format(n));
    const list = make('ul', { id, className: 'suggest', role: 'listbox', 'aria-label': words.label, hidden: true });
    const said = make('p', { className: 'vh', role: 'status' });
    const form = input.form;
    form.append(list, said);
    for (const [k, v] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' })) input.setAttribute(k, v);
    let at = -1, timer = 0, typed = input.value, asked = null;

    const options = () => list.children;
    const cancel = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
      asked = null;
    };
    const close = () => {
      at = -1;
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
      said.textContent = '';
    };
    const mark = (i) => {
      const all = options();
      if (all[at]) all[at].setAttribute('aria-selected', 'false');
      at = i;
      input.value = i < 0 ? typed : all[i].item.text;
      if (i < 0) { input.removeAttribute('aria-activedescendant'); return; }
      all[i].setAttribute('aria-selected', 'true');
      all[i].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', all[i].id);
    };
    const go = (item) => {
      cancel();
      close();
      input.value = typed = item.text;
      if (item.href) location.assign(item.href);
      else form.requestSubmit();
    };
    const option = (item, i) => {
      const note = [item.kind, item.n == null ? '' : fmt.format(item.n)].filter(Boolean).join(', ');
      const li = make('li', { id: id + '-' + i, role: 'option', 'aria-selected': 'false' },
        make('span', { textContent: item.text }), ' ', make('span', { textContent: note }));
      li.item = item;
      return li;
    };
    const show = (items) => {
      close();
      list.replaceChildren(...items.map(option));
      list.scrollTop = 0;
      list.hidden = !items.length;
      input.setAttribute('aria-expanded', String(!!items.length));
      said.textContent = counted(items.length);
    };
    const ask = async () => {
      cancel();
      const q = input.value.trim();
      if (q.length < SHORTEST) { close(); return; }
      const mine = asked = new AbortController();
      let items = [];
      try {
        const url = new URL(input.dataset.suggest, document.baseURI);
        url.searchParams.set('q', q);
        const answer = await fetch(url, { signal: mine.signal, headers: { Accept: 'application/json' } });
        if (!answer.ok) throw new Error(answer.status);
        items = await answer.json();
      } catch { /* aborted, offline or an error of the server: the form still works */
        if (asked === mine) close();
        return;
      }
      /* An answer that comes after another question, or after the reader left, is not shown. */
      if (asked === mine && document.activeElement === input) show(items);
    };

    const move = (key, count) => {
      /* -1 is the text as typed: the ring goes typed → first … last → typed */
      const ring = (step) => (at + 1 + step + count + 1) % (count + 1) - 1;
      mark({ ArrowDown: () => ring(1), ArrowUp: () => ring(-1), Home: () => 0, End: () => count - 1 }[key]());
    };
    const press = (e) => {
      const open = !list.hidden, count = open ? options().length : 0;
      switch (e.key) {
        case 'ArrowDown': case 'ArrowUp':
          if (open && e.altKey && e.key === 'ArrowUp') close();
          else if (open) move(e.key, count);
          else if (e.key === 'ArrowDown') ask();
          else return false;
          return true;
        case 'Home': case 'End':
          if (at < 0 || e.shiftKey) return false; // they belong to the text
          move(e.key, count);
          return true;
        case 'Enter':
          if (at < 0) { cancel(); close(); return false; }
          go(options()[at].item);
          return true;
        case 'Escape':
          cancel();
          input.value = open ? typed : '';
          if (!open) typed = '';
          close();
          return true;
        default:
          return false;
      }
    };

    input.addEventListener('input', () => { typed = input.value; clearTimeout(timer); timer = setTimeout(ask, DEBOUNCE); });
    input.addEventListener('blur', () => { cancel(); close(); });
    input.addEventListener('keydown', (e) => { if (!e.isComposing && !e.ctrlKey && !e.metaKey && press(e)) e.preventDefault(); });
    list.addEventListener('mousedown', (e) => e.preventDefault()); // the box keeps the focus, with a finger as well
    list.addEventListener('click', (e) => {
      const li = e.target.closest('[role=option]');
      if (li) go(li.item);
    });
  };
  document.querySelectorAll('.nq input[data-suggest]').forEach(setup);
})();
