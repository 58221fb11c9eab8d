#include "map_svg.h"

static void draw_text(FILE *f, struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '&' || s.ptr[i] == '<')
            fprintf(f, "&#%d;", s.ptr[i]);
        else
            fputc(s.ptr[i], f);
}

static void draw_links(FILE *f, const struct bench_chain *c, const struct map_layout *out) {
    for (uint32_t i = 0; i < c->in.link_count; i++) {
        const struct map_path *path = &out->paths[i];
        const struct map_point *at = &out->points[path->first];
        uint32_t weight = c->in.links[i].weight;
        if (path->count == 0)
            continue;
        fprintf(f, "<path fill='none' marker-end='url(#tip)' stroke='%s' stroke-width='%s'%s d='M",
                path->backward ? "#c0392b"
                : weight >= 4  ? "#8fa3b5"
                               : "#b9c6d1",
                weight >= 4 ? "1.1" : "0.9",
                path->backward || weight < 4 ? " stroke-dasharray='4 2'" : "");
        for (uint32_t k = 0; k < path->count; k++)
            fprintf(f, "%s%.1f %.1f", k == 1 ? "C" : " ", at[k].x, at[k].y);
        fputs("'/>\n", f);
    }
}

static void draw_boxes(FILE *f, const struct bench_chain *c, const struct map_layout *out) {
    for (uint32_t v = 0; v < c->in.node_count; v++) {
        const struct map_box *b = &out->boxes[v];
        fprintf(f,
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='3' fill='#fff' "
                "stroke='#34495e' stroke-width='0.8'/>\n",
                b->x, b->y, c->in.nodes[v].width, c->in.nodes[v].height);
        double y = b->y + BENCH_BOX_PAD / 2.0 - 3;
        for (struct str rest = c->labels != NULL ? c->labels[v] : STR(""); rest.len > 0;) {
            y += BENCH_LINE_HEIGHT;
            fprintf(f, "<text x='%.1f' y='%.1f'>", b->x + 5, y);
            draw_text(f, bench_label_line(&rest));
            fputs("</text>\n", f);
        }
    }
}

void bench_draw_svg(FILE *f, const struct bench_chain *c, const struct map_layout *out,
                    const struct map_options *o) {
    static const char *const names[] = {"Upstream", "Midstream", "Downstream", "Not staged"};
    static const char *const fills[] = {"#eef4f8", "#f3f7ee", "#fbf5ea", "#f4f4f4"};
    fprintf(f,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f' "
            "font-family='sans-serif' font-size='11'>\n<defs><marker id='tip' markerWidth='6' "
            "markerHeight='6' refX='6' refY='3' orient='auto'><path d='M0 0.5L6 3L0 5.5z' "
            "fill='#7f93a5'/></marker></defs><rect width='100%%' height='100%%' fill='#fff'/>\n",
            out->width, out->height);
    for (int lane = 0; lane < MAP_LANES; lane++) {
        const struct map_band *band = &out->lanes[lane];
        if (band->columns > 0)
            fprintf(f,
                    "<rect x='%.1f' width='%.1f' height='%.1f' fill='%s'/><text x='%.1f' y='%.1f' "
                    "font-size='15' fill='#34495e'>%s</text>\n",
                    band->x, band->width, out->height, fills[lane], band->x + 14,
                    o->margin + o->header / 2, names[lane]);
    }
    draw_links(f, c, out);
    draw_boxes(f, c, out);
    fputs("</svg>\n", f);
}
