"""Layout and colours of the screen, in Textual's CSS; the colours are those of its themes, light and dark."""

WIDE = 110
"""Columns from which the article is shown beside the list."""

CSS = """
#top, #time { height: 1; }
#name { width: auto; padding: 0 1; background: $primary; color: $background; text-style: bold; }
#query { width: 1fr; }
#count { width: auto; padding: 0 1; color: $text-muted; }
#time Label { width: auto; padding: 0 1; color: $text-muted; }
#periods { width: 1fr; height: 1; }
#periods > .sparkline--min-color, #periods > .sparkline--max-color { color: $primary; }
#main { height: 1fr; }
#facets, #hits, #article { border: none; border-left: outer $surface; padding: 0; background: $background; }
#facets:focus, #hits:focus, #article:focus { border-left: outer $accent; }
#facets { width: 28; scrollbar-size-vertical: 1; }
#hits { width: 1fr; scrollbar-size-vertical: 1; }
#hits > .hit-list--current { background: $boost; }
#hits:focus > .hit-list--current { background: $block-cursor-blurred-background; }
#hits > .hit-list--chosen { color: $text-success; text-style: bold; }
#facets > .facet-list--name { color: $text-primary; text-style: bold; }
#facets > .facet-list--count { color: $text-muted; }
#facets > .facet-list--current { background: $block-cursor-blurred-background; }
#article { width: 1fr; padding: 0; scrollbar-size-vertical: 1; }
.-narrow #article { display: none; }
.-narrow.reading #article { display: block; }
.-narrow.reading #hits, .-narrow.reading #facets { display: none; }
#status { height: 1; padding: 0 1; color: $text-muted; }
#status.-trouble { color: $text-error; }
KeysScreen, LineScreen { align: center middle; }
#dialog { width: 62; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $panel; }
#dialog { overflow-y: auto; }
"""
