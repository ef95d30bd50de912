using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Courses;

namespace MesoClinic.Application.Courses;

/// <summary>Courses that are open: those overdue first, the longest overdue on top.</summary>
public static class ListCourses
{
    /// <param name="Mine">Only of the person who asks.</param>
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(bool Mine = false) : IQuery<IReadOnlyList<CourseRow>>;

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, CourseRows rows, AuditTrail trail) : IRequestHandler<Query, Outcome<IReadOnlyList<CourseRow>>>
    {
        public async Task<Outcome<IReadOnlyList<CourseRow>>> Handle(Query query, CancellationToken token)
        {
            var me = user.RequiredId;
            var open = db.Courses.Where(c => (c.State == CourseState.Active || c.State == CourseState.Paused) && (!query.Mine || c.PractitionerId == me));
            var found = await rows.OfAsync(open, token);
            trail.Listed(nameof(ListCourses), found.Where(row => row.Indication is not null || row.StateReason is not null).Select(row => row.PatientId));
            return found
                .OrderBy(row => row.OverdueSince ?? DateOnly.MaxValue).ThenBy(row => row.State).ThenBy(row => row.DueUntil ?? DateOnly.MaxValue).ThenBy(row => row.Next ?? DateTime.MaxValue).ThenBy(row => row.Patient, StringComparer.Ordinal)
                .ToList();
        }
    }
}
