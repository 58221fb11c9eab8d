/*
 * The types of the API. Made by tools/api_types.c from the tables of src/api: change those,
 * then run it again (docs/API.md).
 */

export type Qualifier = "exact" | "over" | "about" | "expected";
export type StateOfTheFigure = "announced" | "confirmed" | "closing";
export type KindOfArea = "chain" | "services" | "zone";
export type Novelty = "yes" | "no" | "renamed";
export type Role = "core" | "shared" | "tool" | "service";
export type Stage = "upstream" | "midstream" | "downstream";
export type Basis = "declared" | "inferred" | "confirmed";
export type Size = "small" | "medium" | "large" | "institution";
export type ExhibitorType = "direct" | "co-exhibitor" | "represented" | "pavilion" | "institution";
export type BasisOfTheArea = "reported" | "reading";
export type Seen = "new" | "returning";
export type SourceOfTheOffer = "reported" | "reported-weak" | "common-knowledge";
export type Attendance = "reported" | "confirmed-before" | "signed" | "listed-low-reliability" | "mentioned";
export type FirstShowing = "world" | "china" | "expo";
export type KindOfLink = "essential" | "optional" | "capital";
export type KindOfGap = "no-exhibitor" | "only-inferred" | "one-source" | "one-country" | "no-small-firm" | "no-foreign" | "no-domestic";
export type StateOfAGap = "not-in-register" | "stated";
export type KindOfNode = "material" | "component" | "equipment" | "product" | "service";
export type Coverage = "none" | "inferred" | "one" | "many";
export type Language = "en" | "zh";
export type Reason = "offered-earlier" | "leader-partner" | "alternative" | "same-output" | "input" | "output";
export type StateOfAPart = "offered" | "inferred" | "alternative" | "not-in-register" | "missing";
export type KindOfPavilion = "guest-country" | "guest-province" | "country-stand" | "region-stand" | "province-area" | "industry-area" | "cluster" | "collective-stand";
export type Section = "introduction" | "industries" | "resources" | "culture" | "landscapes" | "brand";
export type KindOfEvent = "ceremony" | "conference" | "forum" | "round-table" | "matchmaking" | "launch" | "promotion" | "signing" | "press" | "report" | "opening-hours" | "other";
export type StateOfTheEvent = "tentative" | "confirmed" | "cancelled";
export type TimeOfDay = "morning" | "noon" | "afternoon" | "evening" | "all-day";
export type KindOfHit = "organisation" | "node" | "exhibit" | "programme" | "chain" | "scenario" | "pavilion";
export type Sort = "name_en" | "name_zh";
export type Editions = "all";
export type StateOfTheMatch = "suggested" | "mutual" | "declined" | "expired" | "withdrawn" | "handed";
export type StateOfTheCase = "to-invite" | "invited" | "won" | "given-up";
export type StateOfTheRound = "draft" | "released" | "closed";
export type Answer = "none" | "accepted" | "declined" | "later";
export type ReasonToDecline = "already-partners" | "not-needed" | "not-offered" | "rival" | "no-capacity" | "conditions" | "other";
export type KindOfParticipant = "exhibitor" | "buyer" | "delegation" | "institution";
export type OriginOfTheMatch = "suggested" | "requested";
export type Side = "offer" | "need";
export type WhatIsSought = "supplier" | "customer" | "joint-development" | "joint-production" | "scenario" | "service" | "investment" | "distribution";
export type StrengthOfTheCondition = "must" | "nice" | "never";
export type KindOfCondition = "country" | "region" | "size" | "language" | "certificate" | "organisation";
export type StateOfTheParticipant = "active" | "withdrawn";
export type StateOfTheWish = "open" | "matched" | "refused";

/** An address of the API. */
export interface Address {
    /** The path; what stands in braces is a code or number. */
    path: string;
    /** GET, or how it is written to. */
    method: string;
    /** What it gives, in English. */
    summary_en: string;
    /** What it gives, in Chinese. */
    summary_zh: string;
}

/** One holding of the expo. */
export interface Edition {
    /** Code of the edition, such as 2024; part of page addresses. */
    code: string;
    /** 2 for the 2nd edition. */
    ordinal: number | null;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** City, in English. */
    city_en: string | null;
    /** City, in Chinese. */
    city_zh: string | null;
    /** Exhibition centre, in English. */
    venue_en: string | null;
    /** Exhibition centre, in Chinese. */
    venue_zh: string | null;
    /** First day. */
    starts: string | null;
    /** Last day. */
    ends: string | null;
    /** Time zone of its days and hours (IANA name). */
    timezone: string | null;
    /** Motto, in English. */
    theme_en: string | null;
    /** Motto, in Chinese. */
    theme_zh: string | null;
    /** What this edition is, in English. */
    summary_en: string | null;
    /** What this edition is, in Chinese. */
    summary_zh: string | null;
    /** Web address of the organiser's own site. */
    website: string | null;
    /** Whether every exhibitor is in the register. Only then is what nobody offers a gap of the expo; else it is only not in the register. */
    register_complete: boolean;
    /** Whether it is the one answered for when none is named. */
    current: boolean;
    /** Exhibitors in the register. */
    exhibitor_count: number;
}

/** A number that was published, with its definition, state, day and source. */
export interface Figure {
    /** Number of the publication. */
    id: number;
    /** Code of the edition it is about. */
    edition: string;
    /** What was counted, such as exhibitors_contracted. */
    figure: string;
    /** The number that was published. */
    value: number | null;
    /** Its unit, such as exhibitors, m2, %, CNY. */
    unit: string | null;
    /** How the number is to be read. */
    qualifier: Qualifier | null;
    /** When it was said. */
    state: StateOfTheFigure | null;
    /** Day of the publication. */
    as_of: string | null;
    /** What was counted, in English. */
    definition_en: string | null;
    /** What was counted, in Chinese. */
    definition_zh: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** One holding of the expo, with what its register is measured against. */
export interface EditionDetail extends Edition {
    /** The published number of contracted exhibitors that the register is measured against. */
    contracted: Figure | null;
}

/** A chain. */
export interface ChainRef {
    /** Code of the chain, such as clean-energy. */
    code: string;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** A part of the expo with a theme. */
export interface Area {
    /** Code of the area; that of the chain it shows, where it shows one. */
    code: string;
    /** What the area is. */
    kind: KindOfArea | null;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** Whether it is new in this edition. */
    novelty: Novelty | null;
    /** Size in square metres, as reported. */
    size_m2: number | null;
    /** Number of exhibitors, as reported. */
    exhibitors_reported: number | null;
    /** How the reported number is to be read. */
    qualifier: Qualifier | null;
    /** Exhibitors in the register. */
    exhibitor_count: number;
    /** The chain that it shows. */
    chain: ChainRef | null;
    /** Remark. */
    note: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A country or region. */
export interface CountryRef {
    /** ISO 3166-1 code of the country or region, two letters. */
    code: string;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** A region of a country or region. */
export interface RegionRef {
    /** ISO 3166-2 code of the region. */
    code: string;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** An area of the edition. */
export interface AreaRef {
    /** Code of the area. */
    code: string;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** A pavilion of the edition. */
export interface PavilionRef {
    /** Number of the pavilion. */
    id: number;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** An organisation. */
export interface OrganisationRef {
    /** Number of the organisation, the same in every edition and in page addresses. */
    id: number;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** A node of the catalogue. */
export interface NodeRef {
    /** Code of the node, such as bat.cell. */
    code: string;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
}

/** Where a node stands in a chain. */
export interface NodePlace {
    /** The chain. */
    chain: ChainRef;
    /** What the node is to it. */
    role: Role | null;
    /** Where the node stands in it; null when that cannot be told. */
    stage: Stage | null;
}

/** A node that an exhibitor offers. */
export interface Offer {
    /** What is offered. */
    node: NodeRef;
    /** How sure that is. */
    basis: Basis | null;
    /** Where the node stands in the chains. */
    places: NodePlace[];
}

/** An organisation that takes part in an edition. */
export interface Exhibitor {
    /** Number of the organisation, the same in every edition and in page addresses. */
    id: number;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
    /** Country or region. */
    country: CountryRef | null;
    /** Region within it. */
    region: RegionRef | null;
    /** Size of the firm; null when not known. */
    size: Size | null;
    /** How it takes part. */
    type: ExhibitorType | null;
    /** The area it stands in. */
    area: AreaRef | null;
    /** The pavilion it is a member of. */
    pavilion: PavilionRef | null;
    /** How the area is known. */
    area_basis: BasisOfTheArea | null;
    /** The lead exhibitor that brought it. */
    lead: OrganisationRef | null;
    /** How many exhibitors it brought. */
    partner_count: number;
    /** Whether the register of an earlier edition holds it. */
    seen: Seen;
    /** What it shows, in English. */
    offers_text_en: string | null;
    /** What it shows, in Chinese. */
    offers_text_zh: string | null;
    /** The nodes it offers. */
    offers: Offer[];
    /** Where what it shows is known from. */
    basis: SourceOfTheOffer | null;
    /** How sure it is that it is there. */
    attendance: Attendance | null;
    /** Remark. */
    note: string | null;
    /** Its web address or host name. */
    website: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A further name of an organisation. */
export interface Name {
    /** The name as written. */
    name: string;
    /** Its language (BCP 47); null when not known. */
    language: string | null;
    /** alias, former, brand or parent. */
    kind: string | null;
}

/** A node that an exhibitor needs. */
export interface Need {
    /** What is needed. */
    node: NodeRef;
    /** How sure that is; a need that follows from an offer is inferred. */
    basis: Basis | null;
    /** Whether nobody in the register meets it. */
    open: boolean;
    /** Where the node stands in the chains. */
    places: NodePlace[];
}

/** A thing on show. */
export interface Exhibit {
    /** Number of the exhibit. */
    id: number;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** What it is, in English. */
    description_en: string | null;
    /** What it is, in Chinese. */
    description_zh: string | null;
    /** Who shows it; null where no firm is named. */
    exhibitor: OrganisationRef | null;
    /** Where it is shown, when in a pavilion. */
    pavilion: PavilionRef | null;
    /** Code of the area it belongs to. */
    field: string | null;
    /** What it is an example of. */
    node: NodeRef | null;
    /** Where it claims to be shown for the first time. */
    debut: FirstShowing | null;
    /** What that claim rests on: words or an address. */
    proof: string | null;
    /** Where it is known from. */
    basis: SourceOfTheOffer | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A node on a joint stand. */
export interface StandNode {
    /** The node. */
    node: NodeRef;
    /** Whether the lead exhibitor offers it. */
    by_leader: boolean;
    /** How many partners offer it. */
    partner_count: number;
    /** How sure it is that the lead exhibitor needs it; null = it does not. */
    need: Basis | null;
}

/** A joint stand: the small chain of a lead exhibitor and those it brought. */
export interface Stand {
    /** Participants, as reported. */
    participants_reported: number | null;
    /** How the reported number is to be read. */
    qualifier: Qualifier | null;
    /** Remark. */
    note: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
    /** The partners that are in the register. */
    partners: OrganisationRef[];
    /** Links between what is offered on the stand. */
    link_count: number;
    /** Nodes the lead exhibitor needs. */
    need_count: number;
    /** Of them, those that a partner on the stand offers. */
    needs_met_count: number;
    /** What is offered and needed on the stand. */
    nodes: StandNode[];
}

/** An exhibitor next to another one: it could supply it, or buy from it. */
export interface Neighbour {
    /** The other exhibitor. */
    exhibitor: OrganisationRef;
    /** What goes between the two. */
    supplied: NodeRef;
    /** What it goes into; null where one of them said that it needs it. */
    used_in: NodeRef | null;
    /** How sure that is. */
    basis: Basis | null;
    /** Whether a need was said, and does not only follow. */
    said: boolean;
    /** Essential links that join the two. */
    essential_links: number;
    /** Optional links that join the two. */
    optional_links: number;
    /** Links of capital goods that join the two. */
    capital_links: number;
}

/** Who stands next to an exhibitor in a chain. */
export interface ChainNeighbours {
    /** The chain. */
    chain: ChainRef;
    /** Exhibitors up the chain that could supply it. */
    supplier_count: number;
    /** The nearest 12 of them; /api/v1/exhibitors/{id}/suppliers lists all. */
    suppliers: Neighbour[];
    /** Exhibitors down the chain that could buy from it. */
    customer_count: number;
    /** The nearest 12 of them; /api/v1/exhibitors/{id}/customers lists all. */
    customers: Neighbour[];
}

/** A node one step from an exhibitor. */
export interface Step {
    /** The node. */
    node: NodeRef;
    /** The strongest link that joins it. */
    kind: KindOfLink | null;
    /** Whether the need was said, and does not only follow. */
    said: boolean;
    /** Other exhibitors that stand there; 0 = nobody in the register. */
    exhibitor_count: number;
}

/** The nodes around an exhibitor. */
export interface Steps {
    /** Inputs of what it offers, and what it says it needs. */
    up: Step[];
    /** What goes on from what it offers. */
    down: Step[];
}

/** An exhibitor with all that is known of it. */
export interface ExhibitorDetail extends Exhibitor {
    /** Its further names. */
    names: Name[];
    /** Legal entity identifier (ISO 17442). */
    lei: string | null;
    /** Number in the national register. */
    registration: string | null;
    /** Codes of the editions whose registers hold it. */
    editions: string[];
    /** The nodes it needs: said, or following from what it offers. */
    needs: Need[];
    /** What it shows, thing by thing. */
    exhibits: Exhibit[];
    /** Its joint stand; null = it has none. */
    stand: Stand | null;
    /** The chains it stands in, with who stands next to it. */
    chains: ChainNeighbours[];
    /** The nodes one step up and down the links from what it offers. */
    steps: Steps;
}

/** A firm, institution or authority. */
export interface Organisation {
    /** Number of the organisation, the same in every edition and in page addresses. */
    id: number;
    /** Name in English; null when not known. */
    name_en: string | null;
    /** Name in Chinese; null when not known. */
    name_zh: string | null;
    /** Country or region. */
    country: CountryRef | null;
    /** Region within it. */
    region: RegionRef | null;
    /** Size of the firm; null when not known. */
    size: Size | null;
    /** Its web address or host name. */
    website: string | null;
    /** Legal entity identifier (ISO 17442). */
    lei: string | null;
    /** Number in the national register. */
    registration: string | null;
    /** Whether it exhibits at this edition. */
    exhibits: boolean;
    /** Codes of the editions whose registers hold it. */
    editions: string[];
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A firm, institution or authority with all that is known of it. */
export interface OrganisationDetail extends Organisation {
    /** Its further names. */
    names: Name[];
}

/** A stage of a chain. */
export interface ChainStage {
    /** The stage; null = it cannot be told. */
    stage: Stage | null;
    /** Nodes of the chain at this stage. */
    node_count: number;
    /** Of them, those that somebody offers. */
    offered_count: number;
    /** Exhibitors that offer one of them; one may stand at several stages. */
    exhibitor_count: number;
}

/** Links of a chain by kind. */
export interface ChainLinkKind {
    /** How much the input is needed. */
    kind: KindOfLink | null;
    /** Links with both ends in the chain. */
    link_count: number;
    /** Of them, those with exhibitors at both ends. */
    live_count: number;
}

/** A slice of the catalogue that ends in final products, read from upstream to downstream. */
export interface Chain {
    /** Code of the chain, such as clean-energy. */
    code: string;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** What it is about, in English. */
    summary_en: string | null;
    /** What it is about, in Chinese. */
    summary_zh: string | null;
    /** Nodes it has. */
    node_count: number;
    /** Of them, those that somebody offers. */
    offered_count: number;
    /** Exhibitors that offer one of its nodes. */
    exhibitor_count: number;
    /** The same by stage. */
    stages: ChainStage[];
    /** Its links by kind. */
    link_kinds: ChainLinkKind[];
    /** Gaps and weak spots; /api/v1/gaps lists them. */
    gap_count: number;
    /** How badly its links are layered: F0 (MacKay, Johnson, Sansom 2020), 0 = perfect layers, 1 = no direction. */
    incoherence: number;
    /** Codes of the nodes that it ends in. */
    final_nodes: string[];
}

/** What a node lacks. */
export interface GapMark {
    /** What it lacks. */
    kind: KindOfGap | null;
    /** How sure that is. */
    state: StateOfAGap | null;
}

/** A position in a chain that one firm could claim, as this edition offers and needs it. */
export interface Node {
    /** Code of the node, such as bat.cell. */
    code: string;
    /** What it is. */
    kind: KindOfNode | null;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** Codes of the Harmonised System 2022. */
    hs2022: string[];
    /** Codes of the Central Product Classification 2.1. */
    cpc21: string[];
    /** What else it is called in English. */
    synonyms_en: string[];
    /** What else it is called in Chinese. */
    synonyms_zh: string[];
    /** How well it is offered. */
    coverage: Coverage;
    /** Exhibitors that offer it, on any basis. */
    offer_count: number;
    /** Exhibitors that need it, on any basis. */
    need_count: number;
    /** Of them, those whose need nobody in the register meets. */
    open_need_count: number;
    /** Concentration by firm: Herfindahl-Hirschman index, 1 = all with one. */
    hhi_firm: number | null;
    /** Concentration by country or region, of those where it is known. */
    hhi_country: number | null;
    /** What it lacks. */
    gaps: GapMark[];
    /** Where it stands in the chains. */
    places: NodePlace[];
}

/** An exhibitor that offers or needs a node. */
export interface Claimant {
    /** The exhibitor. */
    exhibitor: OrganisationRef;
    /** How sure that is. */
    basis: Basis | null;
}

/** A node that can stand in for another one, as an input of one product. */
export interface Alternative {
    /** What can stand in for the node. */
    node: NodeRef;
    /** In what product. */
    product: NodeRef;
}

/** A node in a chain. */
export interface ChainNode {
    /** The node, with its counts and gaps. */
    node: Node;
    /** Where it stands in this chain; null when that cannot be told. */
    stage: Stage | null;
    /** Whether the stage is computed from the links, the organiser having given none. */
    stage_computed: boolean;
    /** What it is to this chain. */
    role: Role;
    /** Its trophic level in this chain. */
    level: number;
    /** Who offers it. */
    offered_by: Claimant[];
    /** What can stand in for it. */
    alternatives: Alternative[];
}

/** A link between two nodes of a chain. */
export interface ChainLink {
    /** Code of the node that goes in. */
    input: string;
    /** Code of the node it goes into. */
    output: string;
    /** How much the input is needed. */
    kind: KindOfLink | null;
    /** The weaker of both ends' bases where both are offered; null = not live. */
    live: Basis | null;
    /** Whether the input, or an alternative of it, is offered. */
    covered: boolean;
    /** Whether an alternative of the input is offered. */
    replaceable: boolean;
}

/** A chain with its nodes and links. */
export interface ChainDetail extends Chain {
    /** Its nodes. */
    nodes: ChainNode[];
    /** Its links. */
    links: ChainLink[];
    /** The services around it: those that are its nodes, and those that links join to it. */
    ecosystem: Node[];
}

/** The band of a stage, from top to bottom. */
export interface MapLane {
    /** The stage; null = nodes without one. */
    stage: Stage | null;
    /** Its left edge. */
    x: number;
    /** Its width. */
    width: number;
}

/** The box of a node. */
export interface MapBox {
    /** The node. */
    node: NodeRef;
    /** How well it is offered. */
    coverage: Coverage | null;
    /** Exhibitors that offer it. */
    offer_count: number;
    /** Left edge of its box. */
    x: number;
    /** Upper edge of its box. */
    y: number;
}

/** The line of a link. */
export interface MapLine {
    /** Code of the node that goes in. */
    input: string;
    /** Code of the node it goes into. */
    output: string;
    /** How much the input is needed. */
    kind: KindOfLink | null;
    /** How sure both ends are offered; null = not live. */
    live: Basis | null;
    /** Whether it runs against the reading direction. */
    backward: boolean;
    /** The line as SVG path data; empty for a link to itself. */
    path: string;
}

/** The map of a chain in pixels, y downwards, as the page draws it. */
export interface ChainMap {
    /** Code of the chain. */
    chain: string;
    /** The language its boxes have room for. */
    language: Language | null;
    /** Width of the whole. */
    width: number;
    /** Height of the whole. */
    height: number;
    /** Its stages from left to right. */
    lanes: MapLane[];
    /** Its nodes in reading order. */
    boxes: MapBox[];
    /** Its links. */
    lines: MapLine[];
}

/** A link of a node to an input or output. */
export interface NodeLink {
    /** The node at the other end. */
    node: NodeRef;
    /** How much it is needed. */
    kind: KindOfLink | null;
    /** Exhibitors that offer the node at the other end. */
    offer_count: number;
}

/** A node with its neighbours and exhibitors. */
export interface NodeDetail extends Node {
    /** Who offers it. */
    offered_by: Claimant[];
    /** Who needs it. */
    needed_by: Claimant[];
    /** What it is made from. */
    inputs: NodeLink[];
    /** What it goes into. */
    outputs: NodeLink[];
    /** What can stand in for it. */
    alternatives: Alternative[];
}

/** Who could fill a gap, and why. */
export interface Candidate {
    /** Who it is. */
    organisation: OrganisationRef;
    /** Whether it exhibits at this edition. */
    exhibits: boolean;
    /** Why it could. */
    reason: Reason | null;
    /** The node that shows it: what it offers or offered, or its leader needs. */
    evidence: NodeRef;
    /** Code of the latest edition at which it offered the node. */
    edition: string | null;
    /** The lead exhibitor whose partner it is. */
    lead: OrganisationRef | null;
}

/** What a chain lacks at a node. */
export interface Gap {
    /** The chain. */
    chain: ChainRef;
    /** The node. */
    node: NodeRef;
    /** Where the node stands in the chain. */
    stage: Stage | null;
    /** What is missing. */
    kind: KindOfGap;
    /** Whether it is a gap of the expo, or only not in a register that is not complete. */
    state: StateOfAGap;
    /** How much it matters, 0 to 1. */
    importance: number;
    /** Exhibitors that need the node. */
    waiting_count: number;
    /** Who could fill it, the likeliest first. */
    candidates: Candidate[];
}

/** One end use across the chains: a bill of nodes. */
export interface Scenario {
    /** Code of the scenario, such as burger. */
    code: string;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** What it is about, in English. */
    summary_en: string | null;
    /** What it is about, in Chinese. */
    summary_zh: string | null;
    /** Parts of its bill. */
    part_count: number;
    /** Of them, those that somebody in the register provides, or an alternative. */
    provided_count: number;
}

/** A part of a scenario's bill. */
export interface ScenarioPart {
    /** The node. */
    node: NodeRef;
    /** Code of the node that it is part of; null for what the bill begins with. */
    parent: string | null;
    /** What the node is in this bill, in English. */
    part_en: string | null;
    /** What the node is in this bill, in Chinese. */
    part_zh: string | null;
    /** Whether somebody provides it. */
    state: StateOfAPart;
    /** What is offered instead, where nobody offers it. */
    alternative: NodeRef | null;
    /** Who offers it. */
    offered_by: Claimant[];
}

/** A scenario with its bill. */
export interface ScenarioDetail extends Scenario {
    /** Its bill, as a list of parts within parts. */
    parts: ScenarioPart[];
}

/** A group stand with its own manager. */
export interface Pavilion {
    /** Number of the pavilion. */
    id: number;
    /** Whose group stand it is. */
    kind: KindOfPavilion | null;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** ISO 3166-1 or 3166-2 code of the country, region or province. */
    place: string | null;
    /** What it shows, in English. */
    theme_en: string | null;
    /** What it shows, in Chinese. */
    theme_zh: string | null;
    /** Number of participants, as reported. */
    participants_reported: number | null;
    /** How the reported number is to be read. */
    qualifier: Qualifier | null;
    /** Members that are in the register. */
    member_count: number;
    /** Exhibits that are known. */
    exhibit_count: number;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A text about a pavilion. */
export interface PavilionText {
    /** What it is about. */
    section: Section | null;
    /** The text in English, as Markdown. */
    text_en: string | null;
    /** The text in Chinese, as Markdown. */
    text_zh: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A picture of a pavilion. */
export interface Picture {
    /** Its path on this server; what it shows never changes. */
    address: string;
    /** png, jpeg or webp. */
    format: string;
    /** Width in pixels. */
    width: number;
    /** Height in pixels. */
    height: number;
    /** What it shows, in English. */
    alt_en: string | null;
    /** What it shows, in Chinese. */
    alt_zh: string | null;
    /** Whose picture it is. */
    credit: string | null;
}

/** A host of a programme entry. */
export interface Host {
    /** Name in English, as in the invitation. */
    name_en: string | null;
    /** Name in Chinese, as in the invitation. */
    name_zh: string | null;
    /** The pavilion of that name. */
    pavilion: PavilionRef | null;
    /** The exhibitor of that name. */
    exhibitor: OrganisationRef | null;
}

/** An event of the programme. */
export interface ProgrammeEntry {
    /** Code of the entry, such as P029. */
    code: string;
    /** What kind of event it is. */
    kind: KindOfEvent | null;
    /** How sure it is; null = not said. */
    state: StateOfTheEvent | null;
    /** Title in English. */
    title_en: string | null;
    /** Title in Chinese. */
    title_zh: string | null;
    /** What it is about, in English. */
    summary_en: string | null;
    /** What it is about, in Chinese. */
    summary_zh: string | null;
    /** Day; null = not yet dated. */
    starts: string | null;
    /** Last day, where it lasts several. */
    ends: string | null;
    /** Hour and minute in the edition's time zone; null = no time yet. */
    start_time: string | null;
    /** Hour and minute of its end, on the last day. */
    end_time: string | null;
    /** Part of the day, where no hour is known. */
    time_of_day: TimeOfDay | null;
    /** Room or hall, in English. */
    place_en: string | null;
    /** Room or hall, in Chinese. */
    place_zh: string | null;
    /** Code of the area it belongs to. */
    area: string | null;
    /** Its hosts, in the order of the invitation. */
    hosts: Host[];
    /** Number of participants, as reported. */
    participants_reported: number | null;
    /** How often it was changed since it came in, as calendars count it. */
    revision: number;
    /** Remark. */
    note: string | null;
    /** Where it was published: web addresses, or the name of a paper. */
    sources: string[];
}

/** A pavilion with all that is known of it. */
export interface PavilionDetail extends Pavilion {
    /** Texts about it. */
    texts: PavilionText[];
    /** Pictures of it. */
    pictures: Picture[];
    /** Its members that are in the register. */
    members: OrganisationRef[];
    /** What it shows. */
    exhibits: Exhibit[];
    /** Programme entries that it hosts. */
    events: ProgrammeEntry[];
}

/** What a search found. */
export interface Hit {
    /** What was found. */
    kind: KindOfHit | null;
    /** Its code, or its number as text. */
    key: string;
    /** Its address in the API. */
    address: string;
    /** Its name or title in English. */
    name_en: string | null;
    /** Its name or title in Chinese. */
    name_zh: string | null;
    /** Words of the query that match with a typo only. */
    typo_count: number;
    /** Words of the query that match nowhere in it. */
    missing_count: number;
}

/** How many hits of a kind there are. */
export interface HitCount {
    /** What was found. */
    kind: KindOfHit | null;
    /** How many. */
    count: number;
}

/** What is said of all hits of a search. */
export interface Found {
    /** Hits by kind, those not asked for included. */
    counts: HitCount[];
    /** Whether the query was so broad that hits may be missing. */
    partial: boolean;
}

/** A country or region that organisations come from. */
export interface Country {
    /** ISO 3166-1 code, two letters. */
    code: string;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** Organisations of all editions. */
    organisation_count: number;
    /** Exhibitors in the register. */
    exhibitor_count: number;
}

/** A region that organisations come from. */
export interface Region {
    /** ISO 3166-2 code. */
    code: string;
    /** Name in English. */
    name_en: string | null;
    /** Name in Chinese. */
    name_zh: string | null;
    /** Organisations of all editions. */
    organisation_count: number;
    /** Exhibitors in the register. */
    exhibitor_count: number;
}

/** A code of a closed list and what it means. */
export interface Word {
    /** The list, as fields name it in the document under x-vocabulary. */
    list: string;
    /** The code. */
    code: string;
    /** What it means, in English. */
    name_en: string | null;
    /** What it means, in Chinese. */
    name_zh: string | null;
}

/** A role, and the chain or pavilion that it is for. */
export interface Grant {
    role: "administrator" | "organiser" | "area-manager" | "pavilion-manager" | "reader" | "exhibitor-manager" | "exhibitor-member";
    chain_id: number | null;
    pavilion_id: number | null;
}

/** Who may sign in. */
export interface Account {
    id: number;
    email: string | null;
    name: string | null;
    language: string;
    state: "active" | "disabled" | "erased";
    has_password: boolean;
    created_ms: number;
    grants: Grant[];
}

/** Who is signed in, and the rights held somewhere. */
export interface Session {
    account: Account;
    rights: string[];
    csrf: string | null;
    must_change: boolean;
    expires_ms: number;
}

/** Where an account is signed in. */
export interface SessionRow {
    id: number;
    opened_ms: number;
    seen_ms: number;
    expires_ms: number;
    address: string;
    agent: string;
    is_this: boolean;
}

/** Sessions of an account. */
export interface SessionList {
    items: SessionRow[];
}

/** All accounts. */
export interface AccountList {
    items: Account[];
}

/** A token or the secret of a link, shown this once. */
export interface Secret {
    id: number;
    secret: string;
}

/** A role, with the chain or pavilion where it is for one. */
export interface GrantWanted {
    role: "administrator" | "organiser" | "area-manager" | "pavilion-manager" | "reader";
    chain_id?: number | null;
    pavilion_id?: number | null;
}

/** A place that holds something about a person. */
export interface PersonFinding {
    where: string;
    id: number;
    column: string | null;
    text: string | null;
}

/** Everything that is held about a person. */
export interface PersonReport {
    items: PersonFinding[];
}

/** How many days a kind of data is kept; 0 = for ever. */
export interface Retention {
    kind: "sessions" | "outbox" | "drafts" | "uploads" | "login_failures" | "accounts_disabled";
    days: number;
    default_days: number;
}

/** How long each kind of data is kept. */
export interface RetentionList {
    items: Retention[];
}

/** How many rows the next run deletes by this period. */
export interface RetentionEffect {
    due: number;
}

/** A token for a program. */
export interface TokenRow {
    id: number;
    name: string;
    scope: "read" | "write";
    created_ms: number;
    expires_ms: number;
    revoked_ms: number | null;
}

/** Tokens of an account. */
export interface TokenList {
    items: TokenRow[];
}

/** A text in both languages; either may be empty. */
export interface Label {
    en: string;
    zh: string;
}

/** A code and its names. */
export interface Choice {
    code: string;
    en: string;
    zh: string;
}

/** A field that can be edited. */
export interface Field {
    name: string;
    kind: "text" | "long-text" | "markdown" | "list" | "key" | "word" | "reference" | "integer" | "boolean" | "decimal" | "date" | "time" | "timezone" | "website" | "language" | "lei" | "country" | "region" | "place" | "area";
    needed: boolean;
    fixed: boolean;
    read_only: boolean;
    max?: number;
    choices?: Choice[];
    target?: string;
    label: Label;
    help: Label;
}

/** A kind of record that can be edited. */
export interface Table {
    name: string;
    label: Label;
    plural: Label;
    right: string;
    may_write: boolean;
    fields: Field[];
}

/** What can be edited. */
export interface TableList {
    tables: Table[];
}

/** A record as an editor sees it. */
export interface RecordRow {
    id: number;
    table: string;
    revision: number;
    label: Label;
    values: Record<string, Value>;
    labels: Record<string, Label>;
    may_write: boolean;
    changed_by?: string;
    changed_ms?: number;
}

/** A page of records. */
export interface RecordPage {
    items: RecordRow[];
    next: number | null;
    total: number;
}

/** What a record was and became, by column. */
export interface HistoryLine {
    batch: number;
    kind: string;
    operation: string;
    at_ms: number;
    by: string | null;
    note: string | null;
    undone_by?: number;
    before: Record<string, Value> | null;
    after: Record<string, Value> | null;
}

/** What happened to a record. */
export interface History {
    items: HistoryLine[];
}

/** What came of an operation. */
export interface OperationResult {
    table: string;
    id: number;
    revision: number;
    changed: boolean;
}

/** A field that others changed meanwhile, left as they made it. */
export interface Merged {
    operation: number;
    field: string;
    value: Value;
    by: string;
    at_ms: number;
}

/** A chain in numbers. */
export interface ChainFigures {
    nodes: number;
    offered: number;
    exhibitors: number;
    gaps: number;
    no_exhibitor: number;
}

/** A chain that changes. */
export interface ChainEffect {
    code: string;
    name_en: string;
    name_zh: string;
    before: ChainFigures | null;
    after: ChainFigures | null;
}

/** A gap that a change opens or closes. */
export interface GapEffect {
    chain: string;
    node: string;
    name_en: string;
    name_zh: string;
    kind: KindOfGap;
    opened: boolean;
}

/** A node that moves to another stage. */
export interface StageEffect {
    chain: string;
    node: string;
    name_en: string;
    name_zh: string;
    stage: string[];
}

/** A scenario in numbers. */
export interface BillFigures {
    parts: number;
    missing: number;
}

/** A scenario that changes. */
export interface ScenarioEffect {
    code: string;
    name_en: string;
    name_zh: string;
    before: BillFigures | null;
    after: BillFigures | null;
}

/** A fault of the catalogue that comes or goes. */
export interface CatalogueFinding {
    message: string;
    message_zh: string;
    new: boolean;
}

/** What a change would open and close; a half is null where there is none. */
export interface Effect {
    chains: ChainEffect[];
    gaps: GapEffect[];
    gaps_opened: number;
    gaps_closed: number;
    moved: StageEffect[];
    scenarios: ScenarioEffect[];
    findings: CatalogueFinding[];
}

/** What came of changes. */
export interface Changed {
    batch: number | null;
    results: OperationResult[];
    merged?: Merged[];
    effect?: Effect;
}

/** What to do with a record; "$name" is one made here. */
export interface Operation {
    op: "create" | "update" | "delete";
    table: string;
    id?: Value;
    name?: string;
    revision?: number;
    cascade?: boolean;
    values?: Record<string, Value>;
}

/** A node that a text speaks of. */
export interface Suggestion {
    id: number;
    code: string;
    name_en: string | null;
    name_zh: string | null;
    score: number;
    asserted: boolean;
    words: string;
}

/** Nodes that a text speaks of. */
export interface Classified {
    verdict: "nothing" | "unsure" | "sure";
    nodes: Suggestion[];
}

/** Changes that were made together. */
export interface Batch {
    id: number;
    kind: string;
    at_ms: number;
    by: string | null;
    account?: number;
    token?: number;
    note: string | null;
    changes: number;
    undo_of?: number;
    undone_by?: number;
}

/** A page of the log. */
export interface Batches {
    items: Batch[];
    next: number | null;
    version: number;
}

/** One change of a batch, by column. */
export interface BatchLine {
    table: string;
    id: number;
    operation: string;
    before: Record<string, Value> | null;
    after: Record<string, Value> | null;
}

/** All changes of a batch. */
export interface BatchLines {
    items: BatchLine[];
}

/** The batch that was written; null when nothing changed. */
export interface Written {
    batch: number | null;
}

/** Who could fill a gap. */
export interface GapFirm {
    id: number | null;
    revision: number;
    organisation_id: number;
    name_en: string;
    name_zh: string;
    country: string;
    exhibits: boolean;
    state: StateOfTheCase | "";
    note: string;
    why_en: string;
    why_zh: string;
}

/** A gap, and what is done about it. */
export interface GapCard {
    chain: string | null;
    chain_id: number | null;
    node: string;
    node_id: number;
    node_en: string;
    node_zh: string;
    kind: KindOfGap;
    certainty: "stated" | "not-in-register" | "closed";
    waiting: number;
    importance: number;
    case_id: number | null;
    revision: number;
    state: StateOfTheCase | "";
    owner_id: number;
    owner: string;
    note: string;
    candidates: GapFirm[];
}

/** The gap board. */
export interface Board {
    rows: GapCard[];
    open: number;
    closed: number;
    work: Record<string, number>;
}

/** What came of a round: pairs by state (left: withdrawn), and how many of the sides accepted, declined and put it off. */
export interface PartnerAnswers {
    waiting: number;
    mutual: number;
    declined: number;
    expired: number;
    left: number;
    accepted: number;
    sides_declined: number;
    later: number;
    sides: number;
}

/** A round: its settings, its pairs, the sum of their scores, what no plan exceeds, how far the sum is from that, and the answers so far; a draft has none. */
export interface PartnerRound {
    id: number;
    number: number;
    name: string | null;
    state: StateOfTheRound;
    suggestions_max: number;
    floor: number;
    weights: Record<string, number>;
    is_stable: boolean;
    pairs: number;
    total: number;
    bound: number;
    gap: number;
    created_ms: number;
    released_ms: number | null;
    answer_by_ms: number | null;
    closed_ms: number | null;
    answers: PartnerAnswers | null;
}

/** The rounds of an edition. */
export interface PartnerRoundList {
    items: PartnerRound[];
}

/** Firms of one kind, size, origin, area or country or region: how many there are, have no suggestion, have five or as many as they can take, and the suggestions of all. */
export interface PartnerGroup {
    by: "kind" | "size" | "origin" | "return" | "area" | "country";
    code: string | null;
    name_en: string;
    name_zh: string;
    firms: number;
    without: number;
    enough: number;
    suggestions: number;
}

/** A node with a gap: how many firms need it, and for how many a pair brings a source. */
export interface PartnerGap {
    node: string;
    name_en: string | null;
    name_zh: string | null;
    gap: KindOfGap;
    waiting: number;
    closed: number;
}

/** A firm with fewer than five suggestions, and the reason. */
export interface PartnerFew {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    suggestions: number;
    in_question: number;
    why: "nothing-said" | "nobody" | "few" | "own-cap";
    words_en: string;
    words_zh: string;
}

/** A firm whose list changes. */
export interface PartnerChange {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    appeared: number;
    gone: number;
    kept: number;
}

/** Pairs that come, go and stay beside another round, and the firms whose lists change most. */
export interface PartnerComparison {
    appeared: number;
    gone: number;
    kept: number;
    firms: number;
    changes: PartnerChange[];
}

/** A round and what it does for whom. What only running it tells (what floors or stability cost of the best total, pairs that would both rather have each other, the largest regret) is null later. */
export interface PartnerRoundEffects {
    round: PartnerRound;
    exhibitors: number;
    visitors: number;
    floor_given: number;
    floor_possible: number | null;
    cost: number | null;
    blocking: number | null;
    regret: number | null;
    groups: PartnerGroup[];
    gaps_waiting: number;
    gaps_closed: number;
    gaps: PartnerGap[];
    few_count: number;
    few: PartnerFew[];
    compared_with: number | null;
    comparison: PartnerComparison | null;
}

/** What releasing a round did. */
export interface PartnerRoundReleased {
    suggested: number;
    left_out: number;
    participants: number;
    answer_by_ms: number;
}

/** Suggestions that were not answered in time. */
export interface PartnerRoundClosed {
    expired: number;
}

/** One of the two of a pair, its answer and why it declined; the answer is null in a draft. */
export interface PartnerPairSide {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    country: string | null;
    size: Size | null;
    answer: Answer | null;
    decline: ReasonToDecline | null;
}

/** A part of a score, and what it says. */
export interface PartnerReason {
    part: "fit-need" | "fit-offer" | "resilience" | "volume" | "wishes" | "languages" | "continuity" | "rivalry";
    value: number;
    words_en: string;
    words_zh: string;
}

/** A pair that a round suggests; the state is null in a draft. */
export interface PartnerPair {
    first: PartnerPairSide;
    second: PartnerPairSide;
    score: number;
    state: StateOfTheMatch | null;
    reasons: PartnerReason[];
}

/** Pairs of a round, and how many there are. */
export interface PartnerPairList {
    items: PartnerPair[];
    total: number;
}

/** Sides of firms of one kind, size, origin, area or country or region, and what they said; mutual: the other side accepted, too. */
export interface PartnerAnswerGroup {
    by: "kind" | "size" | "origin" | "return" | "area" | "country";
    code: string | null;
    name_en: string;
    name_zh: string;
    sides: number;
    accepted: number;
    declined: number;
    later: number;
    mutual: number;
}

/** A reason to decline, and how many sides gave it; null: none was given. */
export interface PartnerDecline {
    reason: ReasonToDecline | null;
    name_en: string | null;
    name_zh: string | null;
    sides: number;
}

/** A firm that has not answered: pairs that wait for it, those of them that the other side accepted, and the persons who can answer for it. */
export interface PartnerSilent {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    waiting: number;
    asked: number;
    persons: number;
}

/** How a round was answered. firms: with a pair in it; firms_alone: of them, without a person who could answer. */
export interface PartnerAnswerReport {
    sides: number;
    accepted: number;
    declined: number;
    later: number;
    mutual: number;
    firms: number;
    firms_alone: number;
    groups: PartnerAnswerGroup[];
    declines: PartnerDecline[];
    silent_count: number;
    silent: PartnerSilent[];
}

/** Limits of suggestions, the weight of each part of a score, and the weights that the program begins with. */
export interface PartnerSettings {
    suggestions_max: number;
    floor: number;
    answer_days: number;
    weights: Record<string, number>;
    defaults: Record<string, number>;
}

/** A round as it would be now: pairs, the sum of scores, firms with no suggestion. */
export interface PartnerOutlook {
    pairs: number;
    total: number;
    without: number;
}

/** What other settings would change of a round run now. */
export interface PartnerPreview {
    before: PartnerOutlook;
    after: PartnerOutlook;
    comparison: PartnerComparison;
}

/** A part of a score with its weight; the score is their sum, less rivalry. */
export interface PartnerShare {
    part: "fit-need" | "fit-offer" | "resilience" | "volume" | "wishes" | "languages" | "continuity" | "rivalry";
    value: number;
    weight: number;
}

/** One of the two: where the other stands for it among all it could meet (null: nowhere), its list, the score of the last in it, and what a place in it is worth to the round. */
export interface PartnerWhySide {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    rank: number | null;
    of: number;
    suggestions: number;
    capacity: number;
    weakest: number | null;
    price: number;
}

/** Why two are suggested to each other in a round run now, or why not. */
export interface PartnerWhy {
    verdict: "suggested" | "itself" | "bundle" | "barred" | "condition" | "no-place" | "nothing" | "too-far" | "stronger" | "question";
    is_suggested: boolean;
    score: number;
    words_en: string[];
    words_zh: string[];
    parts: PartnerShare[];
    reasons: PartnerReason[];
    first: PartnerWhySide;
    second: PartnerWhySide;
}

/** What came along into the next edition. */
export interface RolledOver {
    batch: number | null;
    edition: number;
    made: boolean;
    areas: number;
    pavilions: number;
    texts: number;
    pictures: number;
    exhibitors: number;
    statements: number;
    there: number;
}

/** A picture as it is kept. */
export interface NewPicture {
    id: number;
    width: number;
    height: number;
    bytes: number;
}

/** What is not saved yet. */
export interface Draft {
    key: string;
    at_ms: number;
    body: unknown;
}

/** Drafts of an account. */
export interface DraftList {
    items: Draft[];
}

/** Who else has a record open. */
export interface Other {
    account: number;
    name: string | null;
    since_ms: number;
    typing: boolean;
}

/** Who else has a record open. */
export interface Others {
    others: Other[];
}

/** An upload that was made. */
export interface UploadId {
    id: number;
}

/** An organisation that somebody acts for. */
export interface MyParticipant {
    id: number;
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    role: "exhibitor-manager" | "exhibitor-member";
    kind: KindOfParticipant;
    edition: string;
    edition_en: string | null;
    edition_zh: string | null;
}

/** All that whoever asks acts for. */
export interface MyParticipantList {
    items: MyParticipant[];
}

/** Since when a purpose is allowed, null = it is not. */
export interface Consent {
    purpose: "contact-to-mutual" | "mail-reminders" | "name-on-site";
    words_en: string;
    words_zh: string;
    since_ms: number | null;
}

/** Every purpose, and whether it is allowed. */
export interface ConsentList {
    items: Consent[];
}

/** Who acts for a participant. */
export interface ParticipantPerson {
    id: number;
    name: string | null;
    email: string | null;
    role: "exhibitor-manager" | "exhibitor-member";
}

/** All who act for a participant. */
export interface ParticipantPersonList {
    items: ParticipantPerson[];
}

/** A link by which somebody comes to act for a participant. */
export interface PersonInvitation {
    id: number;
    role: "exhibitor-manager" | "exhibitor-member";
    email: string | null;
    created_ms: number;
    expires_ms: number;
    is_open: boolean;
}

/** Those of a participant, also the used ones. */
export interface PersonInvitationList {
    items: PersonInvitation[];
}

/** The link of an invitation, shown this once, and its QR code: the path of an SVG that fills the dark modules, and how many modules a side has. */
export interface Invited {
    id: number;
    secret: string;
    qr_path: string;
    qr_size: number;
}

/** Why an organisation is suggested, or is not, and where each of the two stands among all that the other could meet; the score is null where nothing speaks for a meeting. */
export interface MyWhy {
    is_suggested: boolean;
    words_en: string[];
    words_zh: string[];
    score: number | null;
    rank_mine: number | null;
    rank_theirs: number | null;
}

/** A node that somebody offers, and the chain it is in. */
export interface PartnerStand {
    node: string;
    name_en: string | null;
    name_zh: string | null;
    stage: Stage | null;
    chain_en: string | null;
    chain_zh: string | null;
}

/** The other side of a match. */
export interface Partner {
    organisation_id: number;
    participant_id: number;
    name_en: string | null;
    name_zh: string | null;
    kind: KindOfParticipant;
    country: string | null;
    country_en: string | null;
    country_zh: string | null;
    size: Size | null;
    area_en: string | null;
    area_zh: string | null;
    exhibitor_id: number | null;
    website: string | null;
    stands: PartnerStand[];
}

/** A person of the other side, who consented. */
export interface PartnerContact {
    name: string | null;
    email: string | null;
}

/** A match as one side sees it; `is_mine`: this side asked for it. */
export interface MyMatch {
    id: number;
    state: StateOfTheMatch;
    origin: OriginOfTheMatch;
    is_mine: boolean;
    mine: Answer;
    reason: ReasonToDecline | null;
    note: string | null;
    theirs: Answer;
    partner: Partner;
    score: number | null;
    message: string | null;
    created_ms: number;
    closed_ms: number | null;
    answer_by_ms: number | null;
    contacts: PartnerContact[];
    reasons: PartnerReason[];
}

/** All of a participant, also those that have ended. */
export interface MyMatchList {
    items: MyMatch[];
}

/** A node that one offers. */
export interface PlaceNode {
    node: string;
    name_en: string | null;
    name_zh: string | null;
    stage: Stage | null;
}

/** A node one step away: whether somebody said it is needed, the positions of the own nodes it is joined to, how many others stand there and which organisations they are. */
export interface PlaceStep {
    node: string;
    name_en: string | null;
    name_zh: string | null;
    stage: Stage | null;
    is_said: boolean;
    is_essential: boolean;
    firms: number;
    own: number[];
    organisations: number[];
}

/** Where a participant stands; empty without offers. */
export interface MyPlace {
    own: PlaceNode[];
    up: PlaceStep[];
    up_count: number;
    down: PlaceStep[];
    down_count: number;
}

/** What the match is now. */
export interface MatchOutcome {
    id: number;
    state: StateOfTheMatch;
}

/** Whose profile it is. */
export interface ProfileOrganisation {
    id: number;
    name_en: string | null;
    name_zh: string | null;
    country: string | null;
    region: string | null;
    size: Size | null;
    website: string | null;
}

/** A node that an exhibitor offers or needs, and how that is known. */
export interface ProfileClaim {
    node: string;
    basis: Basis;
    evidence: string | null;
}

/** How much a year it can deliver or takes. */
export interface ProfileVolume {
    node: string;
    side: Side;
    quantity: number;
    unit: string;
}

/** What a participant looks for. */
export interface ProfileSeek {
    kind: WhatIsSought;
    node: string | null;
    quantity: number | null;
    unit: string | null;
    by_day: string | null;
    note: string | null;
}

/** What a partner must, should or may never be. */
export interface ProfileCondition {
    strength: StrengthOfTheCondition;
    kind: KindOfCondition;
    value: string | null;
    organisation_id: number | null;
    name_en: string | null;
    name_zh: string | null;
}

/** What a participant says of itself and of the partners it wants. */
export interface Profile {
    revision: number;
    organisation: ProfileOrganisation;
    kind: KindOfParticipant;
    state: StateOfTheParticipant;
    exhibitor_id: number | null;
    offers: ProfileClaim[];
    needs: ProfileClaim[];
    volumes: ProfileVolume[];
    seeks: ProfileSeek[];
    conditions: ProfileCondition[];
    languages: string[];
    certificates: string[];
    days: string[];
    meetings_max: number | null;
    leader: string | null;
    note: string | null;
}

/** Who may be meant, with a confidence in thousandths. */
export interface WishCandidate {
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    confidence: number;
}

/** A partner as it was named, and who is meant; 1000 = a person said so. */
export interface Wish {
    id: number;
    text: string;
    state: StateOfTheWish;
    organisation_id: number | null;
    name_en: string | null;
    name_zh: string | null;
    confidence: number | null;
    candidates: WishCandidate[];
}

/** The wishes of a participant in the order they came. */
export interface WishList {
    items: Wish[];
}

/** How many names of a list are new, and all wishes. */
export interface WishesAdded {
    added: number;
    repeated: number;
    items: Wish[];
}

/** A link by which visitor organisations register. */
export interface RegistrationLink {
    id: number;
    kind: KindOfParticipant;
    name: string;
    uses: number;
    uses_max: number;
    created_ms: number;
    expires_ms: number;
    is_open: boolean;
}

/** Those of an edition, also those that have ended. */
export interface RegistrationLinkList {
    items: RegistrationLink[];
}

/** The link, this once, and the path of an SVG that draws it as a QR code of `qr_size` modules a side. */
export interface RegistrationLinkMade {
    id: number;
    url: string;
    qr_path: string;
    qr_size: number;
}

/** A node, or a country or region, to choose. */
export interface RegistrationChoice {
    code: string;
    name_en: string | null;
    name_zh: string | null;
}

/** What a link is for: the edition, and what can be chosen. */
export interface RegistrationOffered {
    kind: KindOfParticipant;
    name_en: string | null;
    name_zh: string | null;
    starts: string | null;
    ends: string | null;
    countries: RegistrationChoice[];
    nodes: RegistrationChoice[];
}

/** The number of a participant. */
export interface ParticipantMade {
    id: number;
}

/** What is wrong with the database. */
export interface Check {
    findings: string[];
}

/** Who signs in. */
export interface SignIn {
    /** Mail address of the account. */
    email: string;
    /** Its password. */
    password: string;
}

/** A password that takes the place of another. */
export interface NewPassword {
    /** The present password. */
    old_password: string;
    /** The new one: 12 characters at least. */
    new_password: string;
}

/** A one-time link that is used. */
export interface Redeem {
    /** The secret of a one-time link. */
    token: string;
    /** The new password, for a link that sets one. */
    password?: string;
}

/** To whom a one-time link is mailed. */
export interface LinkWanted {
    /** Mail address of the account. */
    email: string;
    /** The link is to set a new password. */
    to_set_password?: boolean;
}

/** An invitation that is accepted. */
export interface Join {
    /** The secret of an invitation. */
    token: string;
    /** Mail address to sign in with; not asked where the invitation was mailed. */
    email?: string;
    /** Name that colleagues see. */
    name?: string;
    /** Language of its mails: en or zh. */
    language?: string;
}

/** What an account is to be; what is not given stays as it is. */
export interface AccountChange {
    /** Mail address; signs in with it. */
    email?: string;
    /** Name that others see. */
    name?: string;
    /** Language of its mails: en or zh. */
    language?: string;
    /** active or disabled. */
    state?: string;
    /** All roles that it has from now on; an area manager's names a chain, a pavilion manager's a pavilion. */
    grants?: GrantWanted[];
}

/** How long a kind of data is kept. */
export interface RetentionPeriod {
    /** What is kept: sessions, outbox, drafts, uploads, .... */
    kind: string;
    /** Days after the last use; 0 keeps for ever. */
    days: number;
    /** Tell how many rows would go, and change nothing. */
    dry_run?: boolean;
}

/** A token for a program. */
export interface NewToken {
    /** What it is for. */
    name: string;
    /** read or write. */
    scope: string;
    /** How many days it works. */
    days: number;
}

/** Operations on records: all of them are done, or none. */
export interface Changes {
    /** What the change is for, shown in the history. */
    note?: string;
    /** What to do, in order. */
    operations: Operation[];
    /** Tell what would happen, and write nothing. */
    dry_run?: boolean;
    /** Code of an edition: a dry run tells what the change does to its chains. */
    effect_on?: string;
}

/** A text in English, Chinese or both. */
export interface TextToClassify {
    /** What an exhibitor writes. */
    text: string;
}

/** A text as an editor writes it. */
export interface TextToPreview {
    /** The text, in Markdown. */
    text: string;
}

/** How a round is to be run. */
export interface PartnerRoundRun {
    /** Of the round, in the organiser's words. */
    name?: string;
    /** The plan that no two firms would leave for each other, without floors. */
    stable?: boolean;
    /** Suggestions of a firm at the most; as the edition has it when not said. */
    suggestions_max?: number;
    /** Suggestions that small and medium firms and newcomers get at least; as the edition has it when not said. */
    floor?: number;
}

/** How an edition is to suggest partners. */
export interface PartnerSettingsChange {
    /** Suggestions of a firm at the most. */
    suggestions_max: number;
    /** Suggestions that small and medium firms and newcomers get at least. */
    floor: number;
    /** Days that a round waits for answers. */
    answer_days: number;
    /** The weight of each part of a score, 0 to 1; parts that are not named keep theirs. */
    weights: unknown;
}

/** What comes along into the next edition. */
export interface RollOver {
    /** Code of the next edition; made when new. */
    into: string;
    /** Its name in English. */
    name_en?: string;
    /** Its name in Chinese. */
    name_zh?: string;
    /** It is the one that visitors see from now on. */
    make_current?: boolean;
    /** Areas come along. */
    areas?: boolean;
    /** Pavilions come along, with texts and pictures. */
    pavilions?: boolean;
    /** Who comes along: none, listed, or others (all but those listed). */
    exhibitors?: string;
    /** Numbers of exhibitor records of this edition. */
    list?: unknown;
    /** How sure it is that they come. */
    attendance?: Attendance;
    /** Their offers come along. */
    offers?: boolean;
    /** Their needs come along. */
    needs?: boolean;
    /** What was declared counts as declared. */
    keep_basis?: boolean;
}

/** A record that somebody has open. */
export interface Presence {
    /** Table of the record that is open. */
    table: string;
    /** Its number. */
    id: number;
    /** There are changes that are not saved. */
    typing?: boolean;
    /** It is open no more. */
    closed?: boolean;
}

/** Whether two organisations are different. */
export interface DuplicateDecision {
    /** Number of one organisation. */
    first: number;
    /** Number of the other. */
    second: number;
    /** different, or later; who are the same are merged. */
    decision: string;
}

/** Two organisations that are one. */
export interface Merge {
    /** Number of the one that stays. */
    keep: number;
    /** Number of the one that goes into it. */
    gone: number;
}

/** For whom somebody no longer acts. */
export interface Leave {
    /** Number of the participant. */
    participant: number;
}

/** A purpose that is allowed, or no longer. */
export interface ConsentChange {
    /** contact-to-mutual, mail-reminders or name-on-site. */
    purpose: string;
    /** Whether it is allowed from now on. */
    given?: boolean;
}

/** Who is invited to act for a participant. */
export interface NewInvitation {
    /** exhibitor-member; organisers also exhibitor-manager. */
    role: string;
    /** To whom it is mailed; without it the link is handed over. */
    email?: string;
    /** Language of the letter: en or zh. */
    language?: string;
}

/** A partner that is asked for by hand. */
export interface MatchRequest {
    /** The organisation that is asked. */
    organisation_id: number;
    /** What it is told. */
    message?: string;
}

/** What one side says to a match. */
export interface MatchReply {
    /** accepted, declined, later, or none to take the answer back. */
    answer: Answer;
    /** Why, needed to decline. */
    reason?: ReasonToDecline;
    /** In one's own words, for the organiser. */
    note?: string;
}

/** Why a side leaves a match. */
export interface MatchWithdrawal {
    /** Why. */
    reason?: ReasonToDecline;
    /** In one's own words, for the organiser. */
    note?: string;
}

/** A node that an exhibitor offers or needs. */
export interface ProfileClaimSaid {
    /** Code of the node. */
    node: string;
    /** declared when left out; inferred keeps an inferred one as it is. */
    basis?: Basis;
    /** As it was read; passed over. */
    evidence?: string | null;
}

/** How much a year it can deliver or takes. */
export interface ProfileVolumeSaid {
    /** Code of the node. */
    node: string;
    /** Can deliver, or takes. */
    side: Side;
    /** A year. */
    quantity: number;
    /** Of the quantity. */
    unit: string;
}

/** What a participant looks for. */
export interface ProfileSeekSaid {
    /** What is sought. */
    kind: WhatIsSought;
    /** Code of the node; none = of anything. */
    node?: string | null;
    /** How much, with its unit. */
    quantity?: number | null;
    /** Of the quantity. */
    unit?: string | null;
    /** Until when, YYYY-MM-DD. */
    by_day?: string | null;
    /** In its own words. */
    note?: string | null;
}

/** What a partner must, should or never be. */
export interface ProfileConditionSaid {
    /** How it binds. */
    strength: StrengthOfTheCondition;
    /** What it is about. */
    kind: KindOfCondition;
    /** Code of the country or region, region, size or language, or the certificate. */
    value?: string | null;
    /** The organisation, of that kind alone. */
    organisation_id?: number | null;
    /** As it was read; passed over. */
    name_en?: string | null;
    /** As it was read; passed over. */
    name_zh?: string | null;
}

/** What a participant says, as a whole. */
export interface ProfileSaid {
    /** The one that was read. */
    revision: number;
    /** As it was read; passed over. */
    organisation?: unknown;
    /** As it was read; passed over. */
    kind?: string | null;
    /** As it was read; passed over. */
    exhibitor_id?: number | null;
    /** withdrawn takes no part in matching; active when left out. */
    state?: StateOfTheParticipant;
    /** What an exhibitor offers. */
    offers: ProfileClaimSaid[];
    /** What an exhibitor needs. */
    needs: ProfileClaimSaid[];
    /** How much a year. */
    volumes: ProfileVolumeSaid[];
    /** What is looked for. */
    seeks: ProfileSeekSaid[];
    /** On partners. */
    conditions: ProfileConditionSaid[];
    /** That its people speak, ISO 639-1. */
    languages: string[];
    /** That it holds. */
    certificates: string[];
    /** On which it is there; none = all. */
    days: string[];
    /** How many meetings it can take; null = not said. */
    meetings_max?: number | null;
    /** Who leads a delegation. */
    leader?: string | null;
    /** What else partners should know. */
    note?: string | null;
}

/** Whom a participant wants to meet. */
export interface NewWishes {
    /** A name a line, in any spelling, with or without numbers. */
    text: string;
}

/** Who is meant, or nobody. */
export interface WishDecision {
    /** Who is meant: one that takes part. */
    organisation_id?: number | null;
    /** refused: nobody who takes part; open: to be decided again. */
    state?: StateOfTheWish;
}

/** A link by which visitors register. */
export interface NewRegistrationLink {
    /** buyer, delegation or institution. */
    kind: KindOfParticipant;
    /** For whom it is. */
    name: string;
    /** How many may register by it. */
    uses_max: number;
    /** How long it works. */
    days: number;
}

/** A link to register by. */
export interface RegistrationLook {
    /** The secret of a link. */
    token: string;
}

/** A visitor organisation that registers. */
export interface Registration {
    /** The secret of a link. */
    token: string;
    /** Full name of the organisation. */
    organisation: string;
    /** Country or region: a code or a name. */
    country: string;
    /** Name of the person who registers. */
    name: string;
    /** Mail address to sign in with. */
    email: string;
    /** Language of its mails: en or zh. */
    language?: string;
    /** What is looked for. */
    seeks?: ProfileSeekSaid[];
    /** On which it is there; none = all. */
    days?: string[];
    /** Who leads a delegation. */
    leader?: string;
    /** What partners should know. */
    note?: string;
}

/** Which exhibitor takes part. */
export interface ParticipantOfExhibitor {
    /** Number of the exhibitor. */
    exhibitor_id: number;
}

/** What a field of a record holds. */
export type Value = string | number | boolean | null;

/** A page of a list; `next` is the cursor of the next page, null on the last one. */
export interface List<Item> {
    items: Item[];
    next: string | null;
    /** How many items all pages have together. */
    total: number;
}

/** What went wrong (RFC 9457). */
export interface Problem {
    type: string;
    title: string;
    status: number;
    detail?: string;
    /** The parameter that is wrong. */
    parameter?: string;
    /** What is wrong with the body. */
    errors?: { field: string; message: string }[];
    /** What somebody else changed meanwhile. */
    conflicts?: unknown[];
}

/** Every address: what stands in its path, what it takes, what it gives back. With `fields`
 * a reply holds those fields only. */
export interface Routes {
    /** The addresses of the API. */
    "/api/v1": {
        path: {
        };
        query: {
        };
        reply: List<Address>;
    };
    /** Editions of the expo, the first one first. */
    "/api/v1/editions": {
        path: {
        };
        query: {
            fields?: (keyof Edition)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Edition>;
    };
    /** One edition. */
    "/api/v1/editions/{edition}": {
        path: {
            edition: string;
        };
        query: {
            fields?: (keyof EditionDetail)[];
        };
        reply: EditionDetail;
    };
    /** Areas of the edition and the chains they show. */
    "/api/v1/areas": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Area)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Area>;
    };
    /** Exhibitors, by name. */
    "/api/v1/exhibitors": {
        path: {
        };
        query: {
            chain?: string;
            stage?: Stage;
            node?: string;
            country?: string;
            region?: string;
            size?: Size;
            area?: string;
            type?: ExhibitorType;
            seen?: Seen;
            lead?: number;
            pavilion?: number;
            q?: string;
            sort?: Sort;
            edition?: string;
            fields?: (keyof Exhibitor)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Exhibitor>;
    };
    /** One exhibitor with all that is known of it. */
    "/api/v1/exhibitors/{id}": {
        path: {
            id: number;
        };
        query: {
            edition?: string;
            fields?: (keyof ExhibitorDetail)[];
        };
        reply: ExhibitorDetail;
    };
    /** Exhibitors up the chains that could supply one, the nearest first. */
    "/api/v1/exhibitors/{id}/suppliers": {
        path: {
            id: number;
        };
        query: {
            chain?: string;
            edition?: string;
            fields?: (keyof Neighbour)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Neighbour>;
    };
    /** Exhibitors down the chains that could buy from one, the nearest first. */
    "/api/v1/exhibitors/{id}/customers": {
        path: {
            id: number;
        };
        query: {
            chain?: string;
            edition?: string;
            fields?: (keyof Neighbour)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Neighbour>;
    };
    /** Organisations of all editions, by name. */
    "/api/v1/organisations": {
        path: {
        };
        query: {
            country?: string;
            region?: string;
            size?: Size;
            q?: string;
            sort?: Sort;
            edition?: string;
            fields?: (keyof Organisation)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Organisation>;
    };
    /** One organisation. */
    "/api/v1/organisations/{id}": {
        path: {
            id: number;
        };
        query: {
            edition?: string;
            fields?: (keyof OrganisationDetail)[];
        };
        reply: OrganisationDetail;
    };
    /** Chains and how far they are offered, stage by stage. */
    "/api/v1/chains": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Chain)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Chain>;
    };
    /** One chain: its nodes with who offers them and what is missing, its links, its services. */
    "/api/v1/chains/{code}": {
        path: {
            code: string;
        };
        query: {
            edition?: string;
            fields?: (keyof ChainDetail)[];
        };
        reply: ChainDetail;
    };
    /** The map of a chain as coordinates. */
    "/api/v1/chains/{code}/map": {
        path: {
            code: string;
        };
        query: {
            lang?: Language;
            edition?: string;
            fields?: (keyof ChainMap)[];
        };
        reply: ChainMap;
    };
    /** Nodes of the catalogue and how well they are offered. */
    "/api/v1/nodes": {
        path: {
        };
        query: {
            chain?: string;
            stage?: Stage;
            kind?: KindOfNode;
            coverage?: Coverage;
            edition?: string;
            fields?: (keyof Node)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Node>;
    };
    /** One node: who offers and needs it, what it is made from and goes into. */
    "/api/v1/nodes/{code}": {
        path: {
            code: string;
        };
        query: {
            edition?: string;
            fields?: (keyof NodeDetail)[];
        };
        reply: NodeDetail;
    };
    /** What is missing, chain by chain, the most important first, and who could fill it. */
    "/api/v1/gaps": {
        path: {
        };
        query: {
            chain?: string;
            stage?: Stage;
            node?: string;
            kind?: KindOfGap;
            state?: StateOfAGap;
            edition?: string;
            fields?: (keyof Gap)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Gap>;
    };
    /** Scenarios: end uses across the chains. */
    "/api/v1/scenarios": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Scenario)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Scenario>;
    };
    /** One scenario with its bill and who provides each part. */
    "/api/v1/scenarios/{code}": {
        path: {
            code: string;
        };
        query: {
            edition?: string;
            fields?: (keyof ScenarioDetail)[];
        };
        reply: ScenarioDetail;
    };
    /** Pavilions, guests of honour first. */
    "/api/v1/pavilions": {
        path: {
        };
        query: {
            kind?: KindOfPavilion;
            edition?: string;
            fields?: (keyof Pavilion)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Pavilion>;
    };
    /** One pavilion with its texts, members, exhibits and events. */
    "/api/v1/pavilions/{id}": {
        path: {
            id: number;
        };
        query: {
            edition?: string;
            fields?: (keyof PavilionDetail)[];
        };
        reply: PavilionDetail;
    };
    /** Exhibits and debuts. */
    "/api/v1/exhibits": {
        path: {
        };
        query: {
            field?: string;
            node?: string;
            exhibitor?: number;
            pavilion?: number;
            debut?: FirstShowing;
            edition?: string;
            fields?: (keyof Exhibit)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Exhibit>;
    };
    /** One exhibit. */
    "/api/v1/exhibits/{id}": {
        path: {
            id: number;
        };
        query: {
            edition?: string;
            fields?: (keyof Exhibit)[];
        };
        reply: Exhibit;
    };
    /** The programme by day and hour; what is not yet dated comes last. */
    "/api/v1/programme": {
        path: {
        };
        query: {
            kind?: KindOfEvent;
            area?: string;
            day?: string;
            host?: string;
            pavilion?: number;
            edition?: string;
            fields?: (keyof ProgrammeEntry)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<ProgrammeEntry>;
    };
    /** One programme entry. */
    "/api/v1/programme/{code}": {
        path: {
            code: string;
        };
        query: {
            edition?: string;
            fields?: (keyof ProgrammeEntry)[];
        };
        reply: ProgrammeEntry;
    };
    /** Published figures with definition, state, day and source. */
    "/api/v1/figures": {
        path: {
        };
        query: {
            figure?: string;
            editions?: Editions;
            edition?: string;
            fields?: (keyof Figure)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Figure>;
    };
    /** Search over organisations, nodes, codes, exhibits, programme, chains, scenarios, pavilions. */
    "/api/v1/search": {
        path: {
        };
        query: {
            q: string;
            kind?: KindOfHit;
            edition?: string;
            fields?: (keyof Hit)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Hit> & Found;
    };
    /** Countries and regions that organisations come from. */
    "/api/v1/countries": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Country)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Country>;
    };
    /** Provinces and states that organisations come from. */
    "/api/v1/regions": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Region)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Region>;
    };
    /** The codes of all closed lists and what they mean. */
    "/api/v1/vocabulary": {
        path: {
        };
        query: {
            edition?: string;
            fields?: (keyof Word)[];
            limit?: number;
            cursor?: string;
        };
        reply: List<Word>;
    };
    /** The open data of an edition: what the tables are (Frictionless Data Package). */
    "/api/v1/data/{edition}/datapackage.json": {
        path: {
            edition: string;
        };
        query: {
        };
        reply: unknown;
    };
    /** A whole table of the open data, as CSV or JSON. */
    "/api/v1/data/{edition}/{file}": {
        path: {
            edition: string;
            file: string;
        };
        query: {
        };
        reply: unknown;
    };
    /** The way to a file of the open data of the current edition. */
    "/api/v1/data/{file}": {
        path: {
            file: string;
        };
        query: {
            edition?: string;
        };
        reply: unknown;
    };
    /** This API as an OpenAPI 3.1 document. */
    "/api/openapi.json": {
        path: {
        };
        query: {
        };
        reply: unknown;
    };
    /** This API as a page for people. */
    "/api": {
        path: {
        };
        query: {
            lang?: Language;
        };
        reply: unknown;
    };
    /** What a kind of problem means, as a page for people. */
    "/api/problems/{name}": {
        path: {
            name: string;
        };
        query: {
            lang?: Language;
        };
        reply: unknown;
    };
    /** Who is signed in, and what that one may do. */
    "/api/v1/session": {
        path: {
        };
        query: {
        };
        reply: Session;
    };
    /** Where whoever is signed in is signed in. */
    "/api/v1/sessions": {
        path: {
        };
        query: {
        };
        reply: SessionList;
    };
    /** Accounts with their roles. */
    "/api/v1/accounts": {
        path: {
        };
        query: {
        };
        reply: AccountList;
    };
    /** Every place that holds something about the person of an account. */
    "/api/v1/accounts/{id}/report": {
        path: {
            id: number;
        };
        query: {
        };
        reply: PersonReport;
    };
    /** How long sessions, letters, drafts and the like are kept. */
    "/api/v1/retention": {
        path: {
        };
        query: {
        };
        reply: RetentionList;
    };
    /** Tokens of whoever is signed in. */
    "/api/v1/tokens": {
        path: {
        };
        query: {
        };
        reply: TokenList;
    };
    /** What can be edited: tables and their fields with labels and limits. */
    "/api/v1/records": {
        path: {
        };
        query: {
        };
        reply: TableList;
    };
    /** Records of a table. */
    "/api/v1/records/{table}": {
        path: {
            table: string;
        };
        query: {
            where?: string;
            q?: string;
            after?: number;
            limit?: number;
        };
        reply: RecordPage;
    };
    /** One record with its revision. */
    "/api/v1/records/{table}/{id}": {
        path: {
            table: string;
            id: number;
        };
        query: {
        };
        reply: RecordRow;
    };
    /** What happened to a record, the oldest first. */
    "/api/v1/records/{table}/{id}/history": {
        path: {
            table: string;
            id: number;
        };
        query: {
        };
        reply: History;
    };
    /** Who changed what and when, the newest first. */
    "/api/v1/batches": {
        path: {
        };
        query: {
            from_ms?: number;
            to_ms?: number;
            since?: number;
            account?: number;
            table?: string;
            record?: number;
            q?: string;
            before?: number;
            limit?: number;
        };
        reply: Batches;
    };
    /** Every change of one batch. */
    "/api/v1/batches/{batch}": {
        path: {
            batch: number;
        };
        query: {
        };
        reply: BatchLines;
    };
    /** Every gap of the chains, what is done about it, and who could fill it. */
    "/api/v1/gap-board": {
        path: {
        };
        query: {
            edition?: string;
            chain?: string;
            cases?: number;
            suggestions?: number;
        };
        reply: Board;
    };
    /** Whom to invite, as a spreadsheet. */
    "/api/v1/gap-board/invitations": {
        path: {
        };
        query: {
            edition?: string;
            chain?: string;
            format?: string;
            lang?: string;
        };
        reply: unknown;
    };
    /** Rounds of suggestions of the edition. */
    "/api/v1/partner-rounds": {
        path: {
        };
        query: {
            edition?: string;
        };
        reply: PartnerRoundList;
    };
    /** A round: distribution, gaps closed, answers, comparison with another. */
    "/api/v1/partner-rounds/{round}": {
        path: {
            round: number;
        };
        query: {
            against?: number;
        };
        reply: PartnerRoundEffects;
    };
    /** The pairs of a round with their reasons, also as a spreadsheet. */
    "/api/v1/partner-rounds/{round}/pairs": {
        path: {
            round: number;
        };
        query: {
            organisation?: number;
            q?: string;
            state?: StateOfTheMatch;
            from?: number;
            limit?: number;
            format?: string;
        };
        reply: PartnerPairList;
    };
    /** Who answered a round and how, by group of firms, and who has not. */
    "/api/v1/partner-rounds/{round}/answers": {
        path: {
            round: number;
        };
        query: {
        };
        reply: PartnerAnswerReport;
    };
    /** Weights and limits of suggestions. */
    "/api/v1/partner-settings": {
        path: {
        };
        query: {
            edition?: string;
        };
        reply: PartnerSettings;
    };
    /** Why two are suggested to each other, or why not. */
    "/api/v1/partner-why": {
        path: {
        };
        query: {
            edition?: string;
            first: number;
            second: number;
        };
        reply: PartnerWhy;
    };
    /** What whoever is signed in has not saved yet. */
    "/api/v1/drafts": {
        path: {
        };
        query: {
        };
        reply: DraftList;
    };
    /** One draft. */
    "/api/v1/drafts/{key}": {
        path: {
            key: string;
        };
        query: {
        };
        reply: Draft;
    };
    /** The files brought, the newest first, and what came of them. */
    "/api/v1/uploads": {
        path: {
        };
        query: {
            before?: number;
            limit?: number;
        };
        reply: unknown;
    };
    /** What the import would do: columns, rows, findings. */
    "/api/v1/uploads/{id}": {
        path: {
            id: number;
        };
        query: {
            from?: number;
            limit?: number;
            only?: string;
        };
        reply: unknown;
    };
    /** Pairs of organisations that are probably the same. */
    "/api/v1/duplicates": {
        path: {
        };
        query: {
        };
        reply: unknown;
    };
    /** The organisations that whoever is signed in acts for. */
    "/api/v1/my/participants": {
        path: {
        };
        query: {
        };
        reply: MyParticipantList;
    };
    /** What whoever is signed in allows, purpose by purpose. */
    "/api/v1/my/consents": {
        path: {
        };
        query: {
        };
        reply: ConsentList;
    };
    /** Who acts for a participant. */
    "/api/v1/my/participants/{participant}/persons": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: ParticipantPersonList;
    };
    /** Who was invited to act for a participant. */
    "/api/v1/my/participants/{participant}/invitations": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: PersonInvitationList;
    };
    /** Why an organisation is suggested to a participant, or is not. */
    "/api/v1/my/participants/{participant}/why": {
        path: {
            participant: number;
        };
        query: {
            partner?: number;
        };
        reply: MyWhy;
    };
    /** Who is suggested to a participant or asked for, and what came of it. */
    "/api/v1/my/participants/{participant}/matches": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: MyMatchList;
    };
    /** Where a participant stands in the chain, and who is next to it. */
    "/api/v1/my/participants/{participant}/place": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: MyPlace;
    };
    /** What a participant says of itself and of the partners it wants. */
    "/api/v1/my/participants/{participant}/profile": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: Profile;
    };
    /** Whom a participant wants to meet, by name. */
    "/api/v1/my/participants/{participant}/wishes": {
        path: {
            participant: number;
        };
        query: {
        };
        reply: WishList;
    };
    /** Links by which visitor organisations register. */
    "/api/v1/registration-links": {
        path: {
        };
        query: {
            edition?: string;
        };
        reply: RegistrationLinkList;
    };
    /** A consistent copy of the whole database, also while others write. */
    "/api/v1/backup": {
        path: {
        };
        query: {
        };
        reply: unknown;
    };
    /** Check the database: structure, references, the change log against the records. */
    "/api/v1/check": {
        path: {
        };
        query: {
        };
        reply: Check;
    };
}

/** Every address that is written to, by method and path. */
export interface Writes {
    /** Sign in. */
    "POST /api/v1/session": {
        path: {
        };
        query: {
        };
        body: SignIn;
        reply: Session;
    };
    /** Sign out. */
    "DELETE /api/v1/session": {
        path: {
        };
        query: {
        };
        reply: null;
    };
    /** Change the password, which ends all other sessions. */
    "POST /api/v1/session/password": {
        path: {
        };
        query: {
        };
        body: NewPassword;
        reply: Session;
    };
    /** Sign in by a one-time link. */
    "POST /api/v1/session/redeem": {
        path: {
        };
        query: {
        };
        body: Redeem;
        reply: Session;
    };
    /** Have a one-time link mailed; the answer is the same for an address without an account. */
    "POST /api/v1/session/link": {
        path: {
        };
        query: {
        };
        body: LinkWanted;
        reply: null;
    };
    /** Accept an invitation to act for a participant; a letter lets in, and the answer is the same whether the address has an account or not. */
    "POST /api/v1/session/join": {
        path: {
        };
        query: {
        };
        body: Join;
        reply: null;
    };
    /** End a session. */
    "DELETE /api/v1/sessions/{id}": {
        path: {
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Make an account; the reply has the secret of the link that lets it in. */
    "POST /api/v1/accounts": {
        path: {
        };
        query: {
        };
        body: AccountChange;
        reply: Secret;
    };
    /** Change an account: its owner the name and language, an administrator all. */
    "PATCH /api/v1/accounts/{id}": {
        path: {
            id: number;
        };
        query: {
        };
        body: AccountChange;
        reply: Account;
    };
    /** Make a link by which an account sets a new password. */
    "POST /api/v1/accounts/{id}/link": {
        path: {
            id: number;
        };
        query: {
        };
        reply: Secret;
    };
    /** Erase the person of an account, also from the history; cannot be undone. */
    "POST /api/v1/accounts/{id}/erase": {
        path: {
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Set how long a kind of data is kept, and learn what the next run deletes. */
    "PUT /api/v1/retention": {
        path: {
        };
        query: {
        };
        body: RetentionPeriod;
        reply: RetentionEffect;
    };
    /** Make a token for a program. */
    "POST /api/v1/tokens": {
        path: {
        };
        query: {
        };
        body: NewToken;
        reply: Secret;
    };
    /** Revoke a token. */
    "DELETE /api/v1/tokens/{id}": {
        path: {
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Make, change and delete records: all of it or nothing. */
    "POST /api/v1/changes": {
        path: {
        };
        query: {
        };
        body: Changes;
        reply: Changed;
    };
    /** Nodes that a text speaks of, to be confirmed. */
    "POST /api/v1/classify": {
        path: {
        };
        query: {
        };
        body: TextToClassify;
        reply: Classified;
    };
    /** A text in Markdown, drawn as on the site. */
    "POST /api/v1/preview": {
        path: {
        };
        query: {
        };
        body: TextToPreview;
        reply: unknown;
    };
    /** Take a batch back; the undo is a batch, too. */
    "POST /api/v1/batches/{batch}/undo": {
        path: {
            batch: number;
        };
        query: {
        };
        reply: Written;
    };
    /** Run a round, keep it as a draft, and tell what it does for whom. */
    "POST /api/v1/partner-rounds": {
        path: {
        };
        query: {
            edition?: string;
            against?: number;
        };
        body: PartnerRoundRun;
        reply: PartnerRoundEffects;
    };
    /** Delete a draft. */
    "DELETE /api/v1/partner-rounds/{round}": {
        path: {
            round: number;
        };
        query: {
        };
        reply: null;
    };
    /** Release a draft: its pairs wait for the answers of both sides. */
    "POST /api/v1/partner-rounds/{round}/release": {
        path: {
            round: number;
        };
        query: {
        };
        reply: PartnerRoundReleased;
    };
    /** Close a round: what nobody answered has expired. */
    "POST /api/v1/partner-rounds/{round}/close": {
        path: {
            round: number;
        };
        query: {
        };
        reply: PartnerRoundClosed;
    };
    /** Set weights and limits of suggestions. */
    "PUT /api/v1/partner-settings": {
        path: {
        };
        query: {
            edition?: string;
        };
        body: PartnerSettingsChange;
        reply: PartnerSettings;
    };
    /** What other settings would change, without setting them. */
    "POST /api/v1/partner-settings/preview": {
        path: {
        };
        query: {
            edition?: string;
        };
        body: PartnerSettingsChange;
        reply: PartnerPreview;
    };
    /** Bring an edition into the next one; one batch, which can be undone. */
    "POST /api/v1/editions/{edition}/roll-over": {
        path: {
            edition: string;
        };
        query: {
        };
        body: RollOver;
        reply: RolledOver;
    };
    /** Add a picture to a pavilion; it is encoded anew, without what a camera noted. */
    "POST /api/v1/pictures": {
        path: {
        };
        query: {
            pavilion: number;
            alt_en?: string;
            alt_zh?: string;
            credit?: string;
        };
        body: Blob;
        reply: NewPicture;
    };
    /** Keep a draft: any JSON. */
    "PUT /api/v1/drafts/{key}": {
        path: {
            key: string;
        };
        query: {
        };
        body: Blob;
        reply: null;
    };
    /** Drop a draft. */
    "DELETE /api/v1/drafts/{key}": {
        path: {
            key: string;
        };
        query: {
        };
        reply: null;
    };
    /** Say which record is open, and learn who else has it open. */
    "POST /api/v1/presence": {
        path: {
        };
        query: {
        };
        body: Presence;
        reply: Others;
    };
    /** Bring a spreadsheet to be imported. */
    "POST /api/v1/uploads": {
        path: {
        };
        query: {
            name: string;
        };
        body: Blob;
        reply: UploadId;
    };
    /** Correct how the file is read: sheet, encoding, columns, cells, decisions. */
    "PATCH /api/v1/uploads/{id}": {
        path: {
            id: number;
        };
        query: {
            from?: number;
            limit?: number;
            only?: string;
        };
        body: Blob;
        reply: unknown;
    };
    /** Write the rows, all of them in one batch. */
    "POST /api/v1/uploads/{id}/apply": {
        path: {
            id: number;
        };
        query: {
        };
        reply: Written;
    };
    /** Drop an upload. */
    "DELETE /api/v1/uploads/{id}": {
        path: {
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Say that two are different, or that it waits. */
    "POST /api/v1/duplicates": {
        path: {
        };
        query: {
        };
        body: DuplicateDecision;
        reply: null;
    };
    /** Merge two organisations; undoing the batch unmerges them. */
    "POST /api/v1/merges": {
        path: {
        };
        query: {
        };
        body: Merge;
        reply: Written;
    };
    /** No longer act for a participant, as a member. */
    "POST /api/v1/my/leave": {
        path: {
        };
        query: {
        };
        body: Leave;
        reply: null;
    };
    /** Allow a purpose, or take the consent back. */
    "PUT /api/v1/my/consents": {
        path: {
        };
        query: {
        };
        body: ConsentChange;
        reply: null;
    };
    /** Take the role of a participant from a person. */
    "DELETE /api/v1/my/participants/{participant}/persons/{id}": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Invite a person to act for a participant; the reply has the link, this once. */
    "POST /api/v1/my/participants/{participant}/invitations": {
        path: {
            participant: number;
        };
        query: {
        };
        body: NewInvitation;
        reply: Invited;
    };
    /** Take an invitation back. */
    "DELETE /api/v1/my/participants/{participant}/invitations/{id}": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Ask for a partner by hand; where a match of the two waits, accept it. */
    "POST /api/v1/my/participants/{participant}/matches": {
        path: {
            participant: number;
        };
        query: {
        };
        body: MatchRequest;
        reply: MatchOutcome;
    };
    /** Accept, decline, or put a match off. */
    "POST /api/v1/my/participants/{participant}/matches/{id}/answer": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        body: MatchReply;
        reply: MatchOutcome;
    };
    /** Leave a match that stands, or take a request back. */
    "POST /api/v1/my/participants/{participant}/matches/{id}/withdraw": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        body: MatchWithdrawal;
        reply: MatchOutcome;
    };
    /** Say it anew as a whole, with the revision that was read. */
    "PUT /api/v1/my/participants/{participant}/profile": {
        path: {
            participant: number;
        };
        query: {
        };
        body: ProfileSaid;
        reply: Profile;
    };
    /** Add a list of names in any spelling; what is sure is matched, the rest stays open. */
    "POST /api/v1/my/participants/{participant}/wishes": {
        path: {
            participant: number;
        };
        query: {
        };
        body: NewWishes;
        reply: WishesAdded;
    };
    /** Say who is meant, or nobody. */
    "PUT /api/v1/my/participants/{participant}/wishes/{id}": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        body: WishDecision;
        reply: null;
    };
    /** Delete a wish. */
    "DELETE /api/v1/my/participants/{participant}/wishes/{id}": {
        path: {
            participant: number;
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** Make a link for many to register by; the reply has it and its QR code, this once. */
    "POST /api/v1/registration-links": {
        path: {
        };
        query: {
            edition?: string;
        };
        body: NewRegistrationLink;
        reply: RegistrationLinkMade;
    };
    /** Take such a link back. */
    "DELETE /api/v1/registration-links/{id}": {
        path: {
            id: number;
        };
        query: {
        };
        reply: null;
    };
    /** What a link to register by is for, and what can be chosen. */
    "POST /api/v1/registrations/look": {
        path: {
        };
        query: {
        };
        body: RegistrationLook;
        reply: RegistrationOffered;
    };
    /** Register a visitor organisation by a link; a letter lets in, and the answer is the same whether the address has an account or not. */
    "POST /api/v1/registrations": {
        path: {
        };
        query: {
        };
        body: Registration;
        reply: null;
    };
    /** The participant of an exhibitor, made when there is none; asking again gives the same. */
    "POST /api/v1/participants/of-exhibitor": {
        path: {
        };
        query: {
        };
        body: ParticipantOfExhibitor;
        reply: ParticipantMade;
    };
}
