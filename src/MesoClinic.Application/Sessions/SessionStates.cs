using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>Who may change a record, and until when.</summary>
internal static class SessionStates
{
    public static Failure? RefuseChange(Session session, CurrentUser user, Guid version) =>
        session.PractitionerId != user.Id ? new Failure.Forbidden()
        : session.IsSigned ? new Failure.Conflict("This session is signed. Corrections are added as an addendum.")
        : session.IsAborted && session.StartedUtc is null ? new Failure.Conflict("This session was given up before it began.")
        : session.Version != version ? new Failure.Stale()
        : null;
}
