/*
 * Trophic levels: see trophic.h. The matrix is the Laplacian of the network without directions, so
 * this file puts that graph together (counting sort), finds its connected parts (breadth-first),
 * has it solved (laplace.c), shifts each part to a smallest level of 0 and sums F0.
 */
#include "engine/chain/trophic.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "engine/chain/laplace.h"

static double weight_of(const struct trophic_network *network, size_t link) {
    return network->weight != NULL ? network->weight[link] : 1.0;
}

static enum err check_network(const struct trophic_network *network, struct errinfo *info) {
    for (size_t i = 0; i < network->links; i++) {
        if (network->supplier[i] >= network->nodes || network->customer[i] >= network->nodes)
            return err_set(info, ERR_INPUT, "link %zu has an end that is no node", i + 1);
        double weight = weight_of(network, i);
        if (!(weight > 0) || !isfinite(weight))
            return err_set(info, ERR_INPUT, "the weight of link %zu is not a positive number",
                           i + 1);
    }
    return ERR_OK;
}

static void release_graph(struct laplace_graph *graph) {
    mem_free(graph->offset);
    mem_free(graph->neighbour);
    mem_free(graph->weight);
    mem_free(graph->diagonal);
    mem_free(graph->part);
    *graph = (struct laplace_graph){0};
}

/* Both directions of each link that is no loop, by counting sort; see counts_to_begins in table.c
 * for the shifted array. */
static bool build_graph(const struct trophic_network *network, struct laplace_graph *graph) {
    uint32_t nodes = network->nodes;
    const uint32_t *from = network->supplier, *to = network->customer;
    size_t ends = 0;
    for (size_t i = 0; i < network->links; i++)
        ends += from[i] != to[i] ? 2 : 0;
    *graph = (struct laplace_graph){
        .nodes = nodes,
        .offset = mem_new((size_t)nodes + 2, sizeof(size_t)),
        .neighbour = mem_new(ends, sizeof(uint32_t)),
        .weight = mem_new(ends, sizeof(double)),
        .diagonal = mem_new(nodes, sizeof(double)),
        .part = mem_new(nodes, sizeof(uint32_t)),
    };
    if (graph->offset == NULL || graph->neighbour == NULL || graph->weight == NULL ||
        graph->diagonal == NULL || graph->part == NULL)
        return false;
    size_t *next = graph->offset + 1;
    for (size_t i = 0; i < network->links; i++)
        if (from[i] != to[i]) {
            next[from[i] + 1]++;
            next[to[i] + 1]++;
        }
    for (uint32_t i = 1; i <= nodes; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < network->links; i++)
        if (from[i] != to[i]) {
            double weight = weight_of(network, i);
            graph->neighbour[next[from[i]]] = to[i];
            graph->weight[next[from[i]]++] = weight;
            graph->diagonal[from[i]] += weight;
            graph->neighbour[next[to[i]]] = from[i];
            graph->weight[next[to[i]]++] = weight;
            graph->diagonal[to[i]] += weight;
        }
    return true;
}

/* Numbers the connected parts in the order of their first node. */
static bool find_parts(struct laplace_graph *graph) {
    uint32_t *queue = mem_new(graph->nodes, sizeof(*queue));
    if (queue == NULL)
        return false;
    for (uint32_t i = 0; i < graph->nodes; i++)
        graph->part[i] = UINT32_MAX;
    for (uint32_t start = 0; start < graph->nodes; start++) {
        if (graph->part[start] != UINT32_MAX)
            continue;
        uint32_t head = 0, tail = 0;
        queue[tail++] = start;
        graph->part[start] = graph->parts;
        while (head < tail) {
            uint32_t node = queue[head++];
            for (size_t k = graph->offset[node]; k < graph->offset[node + 1]; k++)
                if (graph->part[graph->neighbour[k]] == UINT32_MAX) {
                    graph->part[graph->neighbour[k]] = graph->parts;
                    queue[tail++] = graph->neighbour[k];
                }
        }
        graph->parts++;
    }
    mem_free(queue);
    return true;
}

/* Shifts the levels of each part so that the smallest is 0. */
static bool shift_parts(const struct laplace_graph *graph, double *level) {
    double *lowest = mem_new(graph->parts, sizeof(*lowest));
    if (lowest == NULL)
        return false;
    for (uint32_t i = 0; i < graph->parts; i++)
        lowest[i] = INFINITY;
    for (uint32_t i = 0; i < graph->nodes; i++)
        if (level[i] < lowest[graph->part[i]])
            lowest[graph->part[i]] = level[i];
    for (uint32_t i = 0; i < graph->nodes; i++)
        level[i] -= lowest[graph->part[i]];
    mem_free(lowest);
    return true;
}

static double incoherence(const struct trophic_network *network, const double *level) {
    double sum = 0, total = 0;
    for (size_t i = 0; i < network->links; i++) {
        double step = level[network->customer[i]] - level[network->supplier[i]] - 1;
        sum += weight_of(network, i) * step * step;
        total += weight_of(network, i);
    }
    return total > 0 ? sum / total : 0;
}

enum err trophic_levels(const struct trophic_network *network, const struct job *job, double *level,
                        uint32_t *part, struct trophic_result *result, struct errinfo *info) {
    enum err err = check_network(network, info);
    if (err != ERR_OK)
        return err;
    struct laplace_graph graph = {0};
    struct laplace_proof proof = {0};
    double *imbalance = mem_new(network->nodes, sizeof(*imbalance));
    if (imbalance == NULL || !build_graph(network, &graph) || !find_parts(&graph)) {
        err = err_memory(info);
        goto done;
    }
    for (size_t i = 0; i < network->links; i++)
        if (network->supplier[i] != network->customer[i]) {
            imbalance[network->supplier[i]] -= weight_of(network, i);
            imbalance[network->customer[i]] += weight_of(network, i);
        }
    err = laplace_solve(&graph, imbalance, job, level, &proof, info);
    if (err == ERR_OK && !shift_parts(&graph, level))
        err = err_memory(info);
    if (err == ERR_OK && part != NULL && network->nodes > 0)
        memcpy(part, graph.part, network->nodes * sizeof(*part));
    if (err == ERR_OK)
        *result = (struct trophic_result){
            .incoherence = incoherence(network, level),
            .parts = graph.parts,
            .residual = proof.residual,
            .iterations = proof.iterations,
        };
done:
    mem_free(imbalance);
    release_graph(&graph);
    return err;
}
