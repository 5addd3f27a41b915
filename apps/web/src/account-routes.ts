/** Every page behind a sign-in. What is neither here nor in `routes.ts` answers with the not-found page. */
import { route, screen, type ScreenRoute } from "./routes.ts";

const Schedule = screen(
  ["schedule", "rules"],
  async () => (await import("./features/schedule/schedule-screen.tsx")).ScheduleScreen,
);

export const accountRoutes: readonly ScreenRoute[] = [
  route(
    "/",
    screen(["home"], async () => (await import("./features/home/home-screen.tsx")).HomeScreen),
  ),
  route("/meetings/new", Schedule),
  route("/meetings/:id/edit", Schedule),
  route(
    "/meetings/:id",
    screen(
      ["meeting-detail", "invitations", "rules"],
      async () => (await import("./features/meeting-detail/meeting-detail-screen.tsx")).MeetingDetailScreen,
    ),
  ),
  route(
    "/meetings/:id/registrations",
    screen(
      ["registrations"],
      async () => (await import("./features/registrations/registrations-screen.tsx")).RegistrationsScreen,
    ),
  ),
  route(
    "/meetings/:id/reports/:instanceId",
    screen(
      ["meeting-detail", "rules"],
      async () => (await import("./features/meeting-report/report-screen.tsx")).ReportScreen,
    ),
  ),
  route(
    "/admin/users",
    screen(
      ["people", "second-factor"],
      async () => (await import("./features/people/people-screen.tsx")).PeopleScreen,
    ),
  ),
  route(
    "/admin/organisation",
    screen(
      ["organisation", "second-factor", "me"],
      async () => (await import("./features/organisation/organisation-screen.tsx")).OrganisationScreen,
    ),
  ),
  route(
    "/admin/organisation/classes",
    screen(
      ["classes", "rules"],
      async () => (await import("./features/classes/classes-screen.tsx")).ClassesScreen,
    ),
  ),
  route(
    "/admin/outbox",
    screen(["outbox"], async () => (await import("./features/outbox/outbox-screen.tsx")).OutboxScreen),
  ),
  route(
    "/admin/integrations",
    screen(
      ["integrations", "second-factor"],
      async () => (await import("./features/integrations/integrations-screen.tsx")).IntegrationsScreen,
    ),
  ),
  route(
    "/admin/posture",
    screen(["posture"], async () => (await import("./features/posture/posture-screen.tsx")).PostureScreen),
  ),
  route(
    "/admin/signin",
    screen(
      ["identity-providers", "second-factor"],
      async () =>
        (await import("./features/identity-providers/identity-providers-screen.tsx")).IdentityProvidersScreen,
    ),
  ),
  route(
    "/audit",
    screen(["audit", "account"], async () => (await import("./features/audit/audit-screen.tsx")).AuditScreen),
  ),
  route(
    "/audit/reports/:instanceId",
    screen(
      ["meeting-detail", "rules"],
      async () => (await import("./features/meeting-report/audit-report-screen.tsx")).AuditReportScreen,
    ),
  ),
  // One entry for all of them: what every visitor loads need not list the pages of a few.
  route(
    "/barriers(?:/.+)?",
    screen([], async () => (await import("./features/barriers/barriers-screen.tsx")).BarriersScreen),
  ),
  route(
    "/me",
    screen(["me"], async () => (await import("./features/me/me-screen.tsx")).MeScreen),
  ),
  route(
    "/me/security",
    screen(
      ["me", "second-factor"],
      async () => (await import("./features/me/security-screen.tsx")).SecurityScreen,
    ),
  ),
];
