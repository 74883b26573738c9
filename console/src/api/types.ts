// Names for the wire models, and the documents inside them that the API hands on as they were signed.
import type { Text } from '../i18n/lang';
import type { components as EdgeComponents } from './edge.schema';
import type { components } from './schema';

type Models = components['schemas'];
export type Me = Models['MeOut'];
export type Party = Models['PartyOut'];
export type PartyKey = Models['KeyOut'];
export type KeyChange = Models['KeyChangeOut'];
export type Principal = Models['PrincipalOut'];
export type Scenario = Models['ScenarioOut'];
export type ScenarioIn = Models['ScenarioIn'];
export type Flow = Models['FlowOut'];
export type FlowIn = Models['FlowIn'];
export type Filing = Models['FilingOut'];
export type FilingDetail = Models['FilingDetailOut'];
export type OpenStep = Models['OpenStepOut'];
export type Material = Models['MaterialOut'];
export type Paper = Models['DocumentOut'];
export type SignedOriginal = Models['OriginalOut'];
export type FilingDocument = Models['DocumentOut'];
export type Basis = Models['BasisOut'];
export type BasisIn = Models['BasisIn'];
export type Grant = Models['GrantOut'];
export type Transfer = Models['TransferOut'];
export type TransferDetail = Models['TransferDetailOut'];
export type TransferEvent = Models['EventOut'];
export type Evidence = Models['EvidenceOut'];
export type Alarm = Models['AlarmOut'];
export type Log = Models['LogOut'];
export type Workbench = Models['WorkbenchOut'];
export type Rulebook = Models['RulebookOut'];
export type FieldTerm = Models['FieldTermIO'];
export type Clock = Models['ClockOut'];
export type BreakGlass = Models['GlassOut'];
export type SpotCheck = Models['SpotCheckOut'];
export type Counted = Models['CountOut'] & { readonly check: SpotCheck | undefined };
export type Look = Models['LookOut'];
export type Anew = Models['AnewOut'];
export type Incident = Models['IncidentOut'];

type EdgeModels = EdgeComponents['schemas'];
export type Ledger = EdgeModels['LedgerOut'];
export type LedgerEntry = EdgeModels['EntryOut'];
export type LedgerEntryIn = EdgeModels['EntryIn'];
export type LedgerLine = EdgeModels['LineOut'];
export type LedgerPart = EdgeModels['PartOut'];
export type ChainEvent = EdgeModels['ChainOut'];

/** Three numbers always: all links hold; used for law; rows without identifier count each. */
export interface Three {
  readonly lower: number;
  readonly counted: number;
  readonly upper: number;
}

export interface Citation {
  readonly ref: string;
  readonly instrument: string;
  readonly article: string;
  readonly title: Text;
}

export interface Obligation {
  readonly id: string;
  readonly label: string;
  readonly title: Text;
  readonly deadline: Text | null;
  readonly due: string | null;
  readonly citations: readonly Citation[];
}

export interface TraceStep {
  readonly rule: string;
  readonly mark: 'hit' | 'miss' | 'unknown';
  readonly title: Text;
  readonly facts: readonly string[];
}

/** What the rules answer, as `feiyu.rules` writes it (`Determination.as_dict`). */
export interface Determination {
  readonly route: string;
  readonly rule: string;
  readonly options: readonly string[];
  readonly action: string | null;
  readonly obligations: readonly Obligation[];
  readonly missing: readonly { readonly fact: string; readonly question: Text }[];
  readonly citations: readonly Citation[];
  readonly trace: readonly TraceStep[];
  readonly warnings: readonly Text[];
  readonly reason: Text;
  readonly possible: readonly string[];
  readonly rulebook: string;
  readonly at: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly advice?: readonly Advice[];
}

/** 最小必要建议: a change to the data that opens a lighter route. */
export interface Advice {
  readonly changes: readonly { readonly text: Text }[];
  readonly route: string;
  readonly rule: string;
}
