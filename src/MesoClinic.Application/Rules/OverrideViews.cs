using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>An override as pages and prints show it, whether it still counts or not.</summary>
/// <param name="At">On the clinic's wall clock.</param>
/// <param name="State">Null where only the record is shown, not what counts now.</param>
/// <param name="Treated">A session was done under it.</param>
public sealed record OverrideView(
    Guid Id, Guid AppointmentId, DateTime Appointment, string Rule, string Title, OverrideReason Reason, string Text, string By, DateTime At,
    OverrideState? State, string? WithdrawnBy, DateTime? WithdrawnAt, bool Treated);

public enum OverrideState
{
    Counts,

    /// <summary>Facts, plan, day or rule have changed since.</summary>
    Void,
    Withdrawn,
    Ended,
}

/// <summary>Reads overrides for pages. Access was checked by the handler that asks.</summary>
public sealed class OverrideViews(ClinicDbContext db, ClinicTime time, RuleBook book)
{
    /// <param name="of">Which overrides.</param>
    /// <param name="stateOf">What each counts for now; null when the page does not say.</param>
    public async Task<List<OverrideView>> OfAsync(IQueryable<Override> of, Func<Override, OverrideState>? stateOf, CancellationToken token)
    {
        var rows = await of.AsNoTracking().OrderBy(o => o.GivenUtc).Select(o => new
        {
            Given = o,
            By = db.Staff.Where(member => member.Id == o.GivenById).Select(member => member.Name).First(),
            WithdrawnBy = db.Staff.Where(member => member.Id == o.WithdrawnById).Select(member => member.Name).FirstOrDefault(),
            Appointment = db.Appointments.Where(a => a.Id == o.AppointmentId).Select(a => a.WallStart).First(),
            Treated = db.Sessions.Any(s => s.AppointmentId == o.AppointmentId && s.StartedUtc != null
                && db.OverrideUses.Any(use => use.OverrideId == o.Id && db.Assessments.Any(a => a.Id == use.AssessmentId && a.SessionId == s.Id))),
        }).ToListAsync(token);
        var views = new List<OverrideView>(rows.Count);
        foreach (var row in rows)
        {
            var given = row.Given;
            views.Add(new OverrideView(
                given.Id, given.AppointmentId, row.Appointment, given.Rule, RuleEntry.Find(given.Rule, book)?.Title ?? given.Rule, given.Reason, given.Text, row.By, await time.ToWallAsync(given.GivenUtc, token),
                given.WithdrawnUtc is not null ? OverrideState.Withdrawn : stateOf?.Invoke(given),
                row.WithdrawnBy, given.WithdrawnUtc is { } at ? await time.ToWallAsync(at, token) : null, row.Treated));
        }

        return views;
    }
}
