// Every address of the console. Short permanent ones (/t/…, /c/…, /e/…) lead to the page of the thing.
import { createBrowserRouter, Navigate, useParams, type RouteObject } from 'react-router';
import { AlarmsPage } from '../pages/alarms/AlarmsPage';
import { BasesPage } from '../pages/bases/BasesPage';
import { BasisEntryPage } from '../pages/bases/BasisEntryPage';
import { BasisPage } from '../pages/bases/BasisPage';
import { BreakGlassPage } from '../pages/breakglass/BreakGlassPage';
import { SpotsPage } from '../pages/spots/SpotsPage';
import { CalendarPage } from '../pages/calendar/CalendarPage';
import { DossierPage } from '../pages/dossiers/DossierPage';
import { DossiersPage } from '../pages/dossiers/DossiersPage';
import { EvidencePage } from '../pages/evidence/EvidencePage';
import { FindingPage } from '../pages/findings/FindingPage';
import { FindingsPage } from '../pages/findings/FindingsPage';
import { FilingPage } from '../pages/filings/FilingPage';
import { FilingsPage } from '../pages/filings/FilingsPage';
import { GrantPage } from '../pages/grants/GrantPage';
import { GrantsPage } from '../pages/grants/GrantsPage';
import { GuidePage } from '../pages/guide/GuidePage';
import { HelpPage } from '../pages/help/HelpPage';
import { LooksPage } from '../pages/looks/LooksPage';
import { LeavePage } from '../pages/leave/LeavePage';
import { LedgerPage } from '../pages/ledger/LedgerPage';
import { PartiesPage } from '../pages/parties/PartiesPage';
import { PartyPage } from '../pages/parties/PartyPage';
import { RegisterPage } from '../pages/register/RegisterPage';
import { PinsPage } from '../pages/pins/PinsPage';
import { RunPage } from '../pages/runs/RunPage';
import { RunsPage } from '../pages/runs/RunsPage';
import { ScenarioEntryPage } from '../pages/register/ScenarioEntryPage';
import { ScenarioPage } from '../pages/register/ScenarioPage';
import { SettingsPage } from '../pages/settings/SettingsPage';
import { FaultPage, NotFoundPage } from '../pages/trouble/TroublePages';
import { TransferPage } from '../pages/transfers/TransferPage';
import { TransfersPage } from '../pages/transfers/TransfersPage';
import { WorkbenchPage } from '../pages/workbench/WorkbenchPage';
import { Shell } from './Shell';

function Short({ to }: { to: string }) {
  const { id = '' } = useParams();
  return <Navigate replace to={`${to}${id}`} />;
}

const pages: RouteObject[] = [
  { index: true, element: <WorkbenchPage /> },
  { path: 'register', element: <RegisterPage /> },
  { path: 'register/new', element: <ScenarioEntryPage /> },
  { path: 'register/:id', element: <ScenarioPage /> },
  { path: 'dossiers', element: <DossiersPage /> },
  { path: 'dossiers/:id', element: <DossierPage /> },
  { path: 'findings', element: <FindingsPage /> },
  { path: 'findings/:id', element: <FindingPage /> },
  { path: 'filings', element: <FilingsPage /> },
  { path: 'filings/:id', element: <FilingPage /> },
  { path: 'bases', element: <BasesPage /> },
  { path: 'bases/new', element: <BasisEntryPage /> },
  { path: 'bases/:id', element: <BasisPage /> },
  { path: 'grants', element: <GrantsPage /> },
  { path: 'grants/:id', element: <GrantPage /> },
  { path: 'transfers', element: <TransfersPage /> },
  { path: 'transfers/:id', element: <TransferPage /> },
  { path: 'runs', element: <RunsPage /> },
  { path: 'runs/:id', element: <RunPage /> },
  { path: 'pins', element: <PinsPage /> },
  { path: 'leave', element: <LeavePage /> },
  { path: 'ledger', element: <LedgerPage /> },
  { path: 'calendar', element: <CalendarPage /> },
  { path: 'breakglass', element: <BreakGlassPage /> },
  { path: 'spotchecks', element: <SpotsPage /> },
  { path: 'looks', element: <LooksPage /> },
  { path: 'evidence', element: <EvidencePage /> },
  { path: 'alarms', element: <AlarmsPage /> },
  { path: 'parties', element: <PartiesPage /> },
  { path: 'parties/:id', element: <PartyPage /> },
  { path: 'settings', element: <SettingsPage /> },
  { path: 'help', element: <HelpPage /> },
  { path: 'c/:id', element: <Short to="/filings/" /> },
  { path: 't/:id', element: <Short to="/transfers/" /> },
  { path: 'b/:id', element: <Short to="/bases/" /> },
  { path: 'g/:id', element: <Short to="/grants/" /> },
  { path: 'd/:id', element: <Short to="/register/" /> },
  { path: 'e/:id', element: <Short to="/evidence?query=" /> },
  { path: '*', element: <NotFoundPage /> },
];

export const makeRouter = () =>
  createBrowserRouter([
    { path: 'which-way', element: <GuidePage />, errorElement: <FaultPage /> }, // public
    { element: <Shell />, errorElement: <FaultPage />, children: pages },
  ]);
