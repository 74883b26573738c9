// The keyboard: `/` finds, `g` and a letter goes, `?` tells. Never while somebody is typing.
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { MENU } from './menu';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function useKeys(showKeys: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let going = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('[role=dialog]')) return;
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('[data-search=all] input, input[data-search=all]')?.focus();
      } else if (event.key === '?') {
        showKeys();
      } else if (event.key === 'g') {
        going = Date.now();
      } else if (Date.now() - going < 1500) {
        going = 0;
        const place = MENU.flatMap((group) => group.places).find((each) => each.key === event.key);
        if (place) void navigate(place.path);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate, showKeys]);
}
