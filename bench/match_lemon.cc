// The peer of bench/match_bench.sh: LEMON's network simplex and cost scaling on a file "BUYSUP01".
// usage: match-lemon FILE
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

typedef lemon::SmartDigraph Graph;

static bool read(FILE *f, void *to, size_t size, size_t count) {
    return fread(to, size, count, f) == count;
}

// Source -> buyers -> suppliers -> sink, and source -> sink for what stays free; costs are weights below 0.
template <class Solver>
static void solve(const char *name, const Graph &g, const Graph::ArcMap<int64_t> &capacity, const Graph::ArcMap<int64_t> &cost,
                  Graph::Node source, Graph::Node sink, int64_t flow) {
    auto start = std::chrono::steady_clock::now();
    Solver solver(g);
    solver.upperMap(capacity).costMap(cost).stSupply(source, sink, flow);
    solver.run();
    double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    printf("%s %lld %.3f\n", name, static_cast<long long>(-solver.template totalCost<int64_t>()), s);
}

int main(int argc, char **argv) {
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : nullptr;
    char magic[8];
    uint64_t head[3];
    if (f == nullptr || !read(f, magic, 8, 1) || memcmp(magic, "BUYSUP01", 8) != 0 || !read(f, head, 8, 3))
        return 1;
    size_t n = head[0] + head[1], m = head[2];
    std::vector<uint32_t> cap(n), u(m), v(m), a(m), b(m);
    if (!read(f, cap.data(), 4, n) || !read(f, u.data(), 4, m) || !read(f, v.data(), 4, m) || !read(f, a.data(), 4, m) ||
        !read(f, b.data(), 4, m))
        return 1;
    fclose(f);
    Graph g;
    g.reserveNode(static_cast<int>(n + 2));
    g.reserveArc(static_cast<int>(n + m + 1));
    for (size_t i = 0; i < n + 2; i++)
        g.addNode();
    Graph::Node source = g.nodeFromId(static_cast<int>(n)), sink = g.nodeFromId(static_cast<int>(n + 1));
    Graph::ArcMap<int64_t> capacity(g), cost(g);
    int64_t flow = 0;
    auto add = [&](Graph::Node from, Graph::Node to, int64_t upper, int64_t price) {
        Graph::Arc arc = g.addArc(from, to);
        capacity[arc] = upper;
        cost[arc] = price;
    };
    for (size_t i = 0; i < head[0]; i++) {
        add(source, g.nodeFromId(static_cast<int>(i)), cap[i], 0);
        flow += cap[i];
    }
    for (size_t i = head[0]; i < n; i++)
        add(g.nodeFromId(static_cast<int>(i)), sink, cap[i], 0);
    for (size_t e = 0; e < m; e++)
        add(g.nodeFromId(static_cast<int>(u[e])), g.nodeFromId(static_cast<int>(head[0] + v[e])), 1,
            -(static_cast<int64_t>(a[e]) + b[e]));
    add(source, sink, flow, 0);
    solve<lemon::NetworkSimplex<Graph, int64_t, int64_t>>("network-simplex", g, capacity, cost, source, sink, flow);
    solve<lemon::CostScaling<Graph, int64_t, int64_t>>("cost-scaling", g, capacity, cost, source, sink, flow);
}
