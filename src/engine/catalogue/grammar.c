/*
 * Grammar words: see grammar.h. Own list. PHRASE_PLAIN protects words that only contain a grammar
 * character: 用 is "use", but 医用 is "medical".
 */
#include "engine/catalogue/grammar.h"

static const struct grammar_word table[] = {
    {PHRASE_AFTER, {"for", 3}},      {PHRASE_AFTER, {"in", 2}},      {PHRASE_AFTER, {"with", 4}},
    {PHRASE_AFTER, {"from", 4}},     {PHRASE_AFTER, {"to", 2}},      {PHRASE_AFTER, {"on", 2}},
    {PHRASE_AFTER, {"by", 2}},       {PHRASE_AFTER, {"at", 2}},      {PHRASE_AFTER, {"using", 5}},
    {PHRASE_AFTER, {"used", 4}},     {PHRASE_AFTER, {"based", 5}},   {PHRASE_AFTER, {"into", 4}},
    {PHRASE_AFTER, {"through", 7}},  {PHRASE_AFTER, {"via", 3}},     {PHRASE_AFTER, {"under", 5}},
    {PHRASE_AFTER, {"after", 5}},    {PHRASE_AFTER, {"between", 7}}, {PHRASE_AFTER, {"as", 2}},
    {PHRASE_AFTER, {"without", 7}},  {PHRASE_AFTER, {"than", 4}},    {PHRASE_AFTER, {"that", 4}},
    {PHRASE_AFTER, {"which", 5}},    {PHRASE_AFTER, {"who", 3}},     {PHRASE_AFTER, {"when", 4}},
    {PHRASE_AFTER, {"where", 5}},    {PHRASE_AFTER, {"made", 4}},    {PHRASE_AFTER, {"trained", 7}},
    {PHRASE_AFTER, {"together", 8}}, {PHRASE_OF, {"of", 2}},         {PHRASE_FILLER, {"the", 3}},
    {PHRASE_FILLER, {"a", 1}},       {PHRASE_FILLER, {"an", 2}},     {PHRASE_FILLER, {"its", 3}},
    {PHRASE_FILLER, {"their", 5}},   {PHRASE_FILLER, {"our", 3}},    {PHRASE_FILLER, {"we", 2}},
    {PHRASE_FILLER, {"it", 2}},      {PHRASE_FILLER, {"is", 2}},     {PHRASE_FILLER, {"are", 3}},
    {PHRASE_FILLER, {"be", 2}},      {PHRASE_FILLER, {"was", 3}},    {PHRASE_FILLER, {"has", 3}},
    {PHRASE_FILLER, {"have", 4}},    {PHRASE_FILLER, {"this", 4}},   {PHRASE_FILLER, {"these", 5}},
    {PHRASE_FILLER, {"those", 5}},   {PHRASE_FILLER, {"all", 3}},    {PHRASE_FILLER, {"other", 5}},
    {PHRASE_FILLER, {"more", 4}},    {PHRASE_FILLER, {"also", 4}},   {PHRASE_FILLER, {"both", 4}},
    {PHRASE_FILLER, {"etc", 3}},     {PHRASE_FILLER, {"per", 3}},    {PHRASE_FILLER, {"up", 2}},
    {PHRASE_FILLER, {"us", 2}},      {PHRASE_FILLER, {"such", 4}},   {PHRASE_FILLER, {"any", 3}},
    {PHRASE_FILLER, {"some", 4}},    {PHRASE_FILLER, {"not", 3}},    {PHRASE_FILLER, {"no", 2}},
    {PHRASE_FILLER, {"so", 2}},      {PHRASE_FILLER, {"very", 4}},   {PHRASE_FILLER, {"can", 3}},
    {PHRASE_FILLER, {"will", 4}},    {PHRASE_FILLER, {"you", 3}},    {PHRASE_FILLER, {"your", 4}},
    {PHRASE_FILLER, {"they", 4}},    {PHRASE_FILLER, {"over", 4}},   {PHRASE_FILLER, {"about", 5}},
    {PHRASE_FILLER, {"等", 3}},      {PHRASE_FILLER, {"了", 3}},     {PHRASE_FILLER, {"我们", 6}},
    {PHRASE_FILLER, {"及其", 6}},    {PHRASE_FILLER, {"以及", 6}},   {PHRASE_FILLER, {"各类", 6}},
    {PHRASE_FILLER, {"各种", 6}},    {PHRASE_FILLER, {"多种", 6}},   {PHRASE_FILLER, {"所", 3}},
    {PHRASE_FILLER, {"之", 3}},      {PHRASE_FILLER, {"是", 3}},     {PHRASE_FILLER, {"其", 3}},
    {PHRASE_FILLER, {"或", 3}},      {PHRASE_FILLER, {"该", 3}},     {PHRASE_FILLER, {"并", 3}},
    {PHRASE_FILLER, {"也", 3}},      {PHRASE_FILLER, {"还", 3}},     {PHRASE_FILLER, {"已", 3}},
    {PHRASE_FILLER, {"约", 3}},      {PHRASE_FILLER, {"个", 3}},     {PHRASE_FILLER, {"台", 3}},
    {PHRASE_FILLER, {"套", 3}},      {PHRASE_FILLER, {"款", 3}},     {PHRASE_FILLER, {"种", 3}},
    {PHRASE_FILLER, {"类", 3}},      {PHRASE_OPEN, {"用于", 6}},     {PHRASE_OPEN, {"面向", 6}},
    {PHRASE_OPEN, {"针对", 6}},      {PHRASE_OPEN, {"采用", 6}},     {PHRASE_OPEN, {"基于", 6}},
    {PHRASE_OPEN, {"适用于", 9}},    {PHRASE_OPEN, {"应用于", 9}},   {PHRASE_OPEN, {"为", 3}},
    {PHRASE_OPEN, {"以", 3}},        {PHRASE_OPEN, {"从", 3}},       {PHRASE_OPEN, {"由", 3}},
    {PHRASE_OPEN, {"通过", 6}},      {PHRASE_DE, {"的", 3}},         {PHRASE_DE, {"提供", 6}},
    {PHRASE_USE, {"用", 3}},         {PHRASE_PLAIN, {"应用", 6}},    {PHRASE_PLAIN, {"使用", 6}},
    {PHRASE_PLAIN, {"商用", 6}},     {PHRASE_PLAIN, {"家用", 6}},    {PHRASE_PLAIN, {"医用", 6}},
    {PHRASE_PLAIN, {"车用", 6}},     {PHRASE_PLAIN, {"通用", 6}},    {PHRASE_PLAIN, {"专用", 6}},
    {PHRASE_PLAIN, {"民用", 6}},     {PHRASE_PLAIN, {"农用", 6}},    {PHRASE_PLAIN, {"军用", 6}},
    {PHRASE_PLAIN, {"用户", 6}},     {PHRASE_PLAIN, {"用品", 6}},    {PHRASE_PLAIN, {"用电", 6}},
    {PHRASE_PLAIN, {"利用", 6}},     {PHRASE_PLAIN, {"信用", 6}},    {PHRASE_PLAIN, {"作用", 6}},
    {PHRASE_PLAIN, {"食用", 6}},     {PHRASE_PLAIN, {"药用", 6}},    {PHRASE_PLAIN, {"饲用", 6}},
    {PHRASE_PLAIN, {"实用", 6}},     {PHRASE_PLAIN, {"公用", 6}},    {PHRASE_PLAIN, {"船用", 6}},
    {PHRASE_PLAIN, {"日用", 6}},     {PHRASE_PLAIN, {"兽用", 6}},    {PHRASE_PLAIN, {"多用", 6}},
    {PHRASE_PLAIN, {"耐用", 6}},     {PHRASE_PLAIN, {"用水", 6}},    {PHRASE_PLAIN, {"用药", 6}},
    {PHRASE_PLAIN, {"用材", 6}},     {PHRASE_PLAIN, {"华为", 6}},    {PHRASE_PLAIN, {"成为", 6}},
    {PHRASE_PLAIN, {"作为", 6}},     {PHRASE_PLAIN, {"行为", 6}},    {PHRASE_PLAIN, {"人为", 6}},
    {PHRASE_PLAIN, {"可以", 6}},     {PHRASE_PLAIN, {"以上", 6}},    {PHRASE_PLAIN, {"以下", 6}},
    {PHRASE_PLAIN, {"以太", 6}},     {PHRASE_PLAIN, {"以色列", 9}},  {PHRASE_PLAIN, {"从事", 6}},
    {PHRASE_PLAIN, {"自由", 6}},     {PHRASE_PLAIN, {"由于", 6}},    {PHRASE_PLAIN, {"难以", 6}},
};

const struct grammar_word *grammar_words(size_t *count) {
    *count = sizeof(table) / sizeof(*table);
    return table;
}
