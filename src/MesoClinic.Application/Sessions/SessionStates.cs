using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>Who may change a record, and until when. What was injected stays the practitioner's; a begun record that they left behind is closed in their place.</summary>
internal static class SessionStates
{
    /// <summary>So long a stopped record waits for the practitioner's own signature.</summary>
    public static readonly TimeSpan OwnSignature = TimeSpan.FromHours(24);

    public static Failure? RefuseChange(Session session, CurrentUser user, Guid version) =>
        session.PractitionerId != user.Id ? new Failure.Forbidden() : RefuseState(session, version);

    /// <summary>Once the injections have begun, whoever may open the chart may stop them: the next one must not wait for somebody who is away.</summary>
    public static Failure? RefuseStop(Session session, CurrentUser user, Guid version) =>
        session.PractitionerId != user.Id && session.StartedUtc is null ? new Failure.Forbidden() : RefuseState(session, version);

    public static Failure? RefuseSignature(Session session, CurrentUser user, Guid version, DateTime nowUtc) =>
        session.PractitionerId == user.Id ? RefuseState(session, version)
        : session is not { StartedUtc: not null, AbortedUtc: { } stopped } ? new Failure.Forbidden()
        : RefuseState(session, version) ?? (nowUtc < stopped + OwnSignature ? new Failure.Conflict("Whoever injected has a day to sign this record. After that it can be signed in their place.") : null);

    private static Failure? RefuseState(Session session, Guid version) =>
        session.IsSigned ? new Failure.Conflict("This session is signed. Corrections are added as an addendum.")
        : session.IsAborted && session.StartedUtc is null ? new Failure.Conflict("This session was given up before it began.")
        : session.Version != version ? new Failure.Stale()
        : null;
}
