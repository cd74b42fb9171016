/* Optional: without it every page works, as plain links and forms. It fits CSP default-src 'self'; where a host
   requires Trusted Types, results are loaded as whole pages. Four parts: suggestions, results, copying, the / key. */

/* Suggestions. Turns input[data-suggest] into a WAI-ARIA 1.2 combobox (list autocomplete, manual selection).
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

  let boxes = 0;
  const setup = (input) => {
    const id = 'nq-suggest-' + boxes++, words = input.dataset;
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
      typed = input.value; // results that came meanwhile may have set it
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

  /* Results. A link or form of a page of results that leads to another page of results replaces what is within
     [data-live], and makes an entry of the history. Whatever goes wrong, the browser loads the page itself. */
  const live = () => document.querySelector('.nq [data-live]');
  const here = () => location.pathname + location.search;
  const told = live() && make('p', { className: 'vh', role: 'status' });
  if (told) live().before(told);
  const finders = () => [...document.querySelectorAll('.nq form.find input[name=q]')];
  let shown = here(), loading = null, before = new Map();

  /* What an element is called, whatever its address and its number: a value stays itself when it is chosen. */
  const named = (element) => {
    const part = element.closest('[aria-labelledby], [aria-label], form');
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.vh, .n').forEach((each) => each.remove());
    return [part?.getAttribute('aria-labelledby') || part?.getAttribute('aria-label'), element.name, copy.textContent.trim()].join('|');
  };
  const refocus = (key) => {
    const same = key && [...live().querySelectorAll('a[href], button, input')].find((each) => named(each) === key && each.getClientRects().length);
    (same || live().querySelector('#results'))?.focus({ preventScroll: true });
  };
  const summaries = () => [...live().querySelectorAll('details > summary')].filter((each) => !each.closest('.hits'));

  const load = async (url) => {
    loading?.abort();
    loading = new AbortController();
    before = new Map(finders().map((box) => [box, box.value]));
    live().setAttribute('aria-busy', 'true');
    const answer = await fetch(url, { signal: loading.signal, headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.text();
  };
  const show = (text, url) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const content = next.querySelector('.nq [data-live]');
    if (!content) throw new Error('not a page of results');
    const open = new Set(summaries().filter((each) => each.parentElement.open).map(named));
    live().replaceWith(document.adoptNode(content));
    summaries().forEach((each) => { each.parentElement.open ||= open.has(named(each)); });
    content.querySelectorAll('input[data-suggest]').forEach(setup);
    const typed = next.querySelector('.nq form.find input[name=q]');
    /* A reader who has gone on typing keeps what is typed. */
    if (typed) finders().forEach((box) => { if ((before.get(box) ?? box.value) === box.value) box.value = typed.value; });
    /* The ways to this very page in other languages stand outside of it. */
    document.querySelectorAll('.nq a[hreflang]').forEach((link) => {
      const same = next.querySelector(`.nq a[hreflang="${link.hreflang}"]`);
      if (same) link.setAttribute('href', same.getAttribute('href'));
    });
    document.title = next.title;
    shown = url.pathname + url.search;
    told.textContent = '';
    /* A status is read out when it changes, not when it comes. */
    setTimeout(() => { told.textContent = content.querySelector('h1').textContent.trim().replace(/\s+/g, ' '); }, 100);
  };
  const keep = () => history.replaceState({ ...history.state, nq: Math.round(scrollY) }, '');
  const visit = async (url, key, up) => {
    try {
      const text = await load(url);
      keep();
      show(text, url);
      history.pushState({ nq: 0 }, '', url);
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(url);
      return;
    }
    if (up) scrollTo(0, Math.min(scrollY, live().getBoundingClientRect().top + scrollY));
    if (key !== null && document.activeElement === document.body) refocus(key); // else the reader is elsewhere
    keep();
  };
  const within = (address) => {
    const url = new URL(address, document.baseURI), home = live() && new URL(live().dataset.live, document.baseURI);
    return home && url.origin === home.origin && url.pathname === home.pathname ? url : null;
  };

  document.addEventListener('click', (e) => {
    const link = e.target.closest?.('.nq [data-live] a[href]');
    if (!link || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const url = !link.target && !link.hasAttribute('download') && within(link.href);
    if (!url || url.hash) return;
    e.preventDefault();
    const pager = !!link.closest('.pager');
    visit(url, pager ? '' : named(link), pager);
  });
  document.addEventListener('submit', (e) => {
    const form = e.target, url = !e.defaultPrevented && form.matches('.nq form.find, .nq [data-live] form') && within(form.action);
    if (!url || form.method !== 'get') return;
    e.preventDefault();
    url.search = new URLSearchParams(new FormData(form));
    const outside = !live().contains(form);
    if (outside && matchMedia('(pointer: coarse)').matches) document.activeElement.blur(); // a phone's keyboard hides the results
    visit(url, outside ? null : named(document.activeElement), outside);
  });
  addEventListener('popstate', async (e) => {
    if (shown === here() || !within(location.href)) return;
    try {
      const url = new URL(location.href);
      show(await load(url), url);
      scrollTo(0, e.state?.nq ?? 0);
    } catch (error) {
      if (error.name !== 'AbortError') location.reload();
    }
  });
  let still = 0;
  if (told) addEventListener('scroll', () => { clearTimeout(still); still = setTimeout(() => { if (shown === here()) keep(); }, 250); }, { passive: true });

  /* Copying: buttons that are there only where they work. */
  if (navigator.clipboard) document.querySelectorAll('.nq button[data-copy]').forEach((button) => {
    const label = button.textContent, said = make('span', { className: 'vh', role: 'status' });
    button.after(said);
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      } catch { return; /* not permitted: the text can be selected */ }
      button.textContent = said.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; said.textContent = ''; }, 3000);
    });
  });

  /* The / key goes to the box that says so (aria-keyshortcuts), where nothing is being typed. */
  document.addEventListener('keydown', (e) => {
    if (e.key !== '/' || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.target.isContentEditable || e.target.closest?.('input, textarea, select')) return;
    const box = document.querySelector('.nq input[aria-keyshortcuts="/"]');
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });
})();
