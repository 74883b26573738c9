// The exporter's papers: what only an edge answers.
import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import type { components } from './edge.schema';

type Models = components['schemas'];
export type Subject = Models['SubjectOut'];
export type DossierLine = Models['DossierLineOut'];
export type Dossier = Models['DossierOut'];
export type DossierQuestion = Models['QuestionOut'];
export type OutsidePaper = Models['OutsidePaperOut'];
export type ProcedurePapers = Models['ProcedurePapersOut'];

export const useDossiers = () => useQuery({ queryKey: ['dossiers'], queryFn: ({ signal }) => ask<DossierLine[]>('get', '/api/v1/dossiers', { signal }) });
export const useSubjects = () =>
  useQuery({ queryKey: ['dossiers', 'subjects'], queryFn: ({ signal }) => ask<Subject[]>('get', '/api/v1/dossier-subjects', { signal }) });
export const useDossier = (id: string) =>
  useQuery({ queryKey: ['dossiers', id], queryFn: ({ signal }) => ask<Dossier>('get', '/api/v1/dossiers/{id}', { path: { id }, signal }) });

export const paperAddress = (id: string, paper: string, lang: string, form: string) =>
  `/api/v1/dossiers/${id}/papers/${paper}?lang=${lang}&form=${form}`;
