#!/usr/bin/env python3
"""The style sheet keeps to what Chromium 80 knows: old browsers inside apps get the same layout.

The list is of what the site once used or is likely to; versions after MDN's compatibility data.
"""
import re

from tap import Tap, files, read

NEWER = [
    (r'(?<![-\w])(margin|padding)-(inline|block)\s*:', 'logical shorthand (87): write -start and -end'),
    (r'(?<![-\w])inset[-\w]*\s*:', 'inset (87): write left, right, top, bottom'),
    (r'(?<![-\w])border-(inline|block)\s*:', 'logical shorthand (87): write -start and -end'),
    (r'(?<![-\w])float\s*:\s*inline-', 'flow-relative float (118): write left or right'),
    (r'(?<![-\w])aspect-ratio\s*:', 'aspect-ratio (88): give width and height'),
    (r':(is|where|has)\(', 'selector list (88 and later)'),
    (r'(?<![-\w])(color-mix|oklch|lab)\(', 'colour function (111)'),
    (r'@(container|layer|scope)\b', 'at-rule of 2022 and later'),
    (r'&', 'nesting (112)'),
    (r'\b\d+[sld]vh\b', 'small, large and dynamic viewport units (108)'),
]


def rules(text):
    """(selector, body) of every innermost rule."""
    return re.findall(r'([^{}]*)\{([^{}]*)\}', text)


def main():
    tap = Tap()
    found = []
    for path in files('src', '.css') + files('web', '.css'):
        text = re.sub(r'/\*.*?\*/', lambda m: re.sub(r'[^\n]', ' ', m.group()), read(path), flags=re.DOTALL)
        for number, line in enumerate(text.split('\n'), 1):
            found += [f'{path}:{number}: {why}' for pattern, why in NEWER if re.search(pattern, line)]
        flex = {part.strip() for selector, body in rules(text) if re.search(r'display:\s*(inline-)?flex', body)
                for part in selector.split(',')}
        found += [f'{path}: {selector.strip()}: gap in a flex box (84): give the children margins'
                  for selector, body in rules(text)
                  if re.search(r'(?<![-\w])gap\s*:', body) and flex & {part.strip() for part in selector.split(',')}]
    tap.check('style sheets hold nothing newer than Chromium 80', found)
    tap.end()


main()
