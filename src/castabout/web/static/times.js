// Times as people write them.
export function clock(seconds) {
  const [whole, two] = [Math.floor(seconds), (number) => String(number).padStart(2, "0")];
  const [hour, minute, second] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hour ? `${hour}:${two(minute)}:${two(second)}` : `${minute}:${two(second)}`;
}

// Lights those of `elements` (in order of their times) whose time it is; gives a function of the time.
export function track(elements) {
  const starts = Float64Array.from(elements, (element) => element.dataset.s);
  let lit = [0, 0];
  return (seconds) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds) low = middle + 1;
      else high = middle;
    }
    let first = low;
    while (first && starts[first - 1] === starts[low - 1]) first -= 1;
    if (first === lit[0] && low === lit[1]) return null;
    for (const element of elements.slice(...lit)) element.removeAttribute("aria-current");
    for (const element of elements.slice(first, low)) element.setAttribute("aria-current", "true");
    lit = [first, low];
    return elements[first];
  };
}
