using MediatR;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>What became of one rule in this clinic in the last twelve months: how often it fired, was overridden, and what followed. Figures only, no patient.</summary>
public static class CountOverrides
{
    public const int Months = 12;

    [Requires(Permission.ReadRules)]
    public sealed record Query(string Rule) : IQuery<View>;

    /// <param name="Fired">Assessments in which it fired.</param>
    /// <param name="Overridden">Overrides given.</param>
    /// <param name="Sessions">Sessions done under an override of it.</param>
    /// <param name="WithComplication">Those of them with a complication logged afterwards.</param>
    public sealed record View(int Fired, int Overridden, int Withdrawn, int Sessions, int WithComplication);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var since = time.UtcNow.AddMonths(-Months);
            var given = db.Overrides.Where(o => o.Rule == query.Rule && o.GivenUtc >= since);
            var sessions = db.Sessions.Where(s => s.StartedUtc != null && s.SignedUtc != null
                && given.Any(o => o.AppointmentId == s.AppointmentId && db.OverrideUses.Any(use => use.OverrideId == o.Id && db.Assessments.Any(a => a.Id == use.AssessmentId && a.SessionId == s.Id))));
            return new View(
                await db.FiredRules.CountAsync(fired => fired.Rule == query.Rule && fired.AtUtc >= since, token),
                await given.CountAsync(token),
                await given.CountAsync(o => o.WithdrawnUtc != null, token),
                await sessions.CountAsync(token),
                await sessions.CountAsync(s => db.Complications.Any(c => c.SessionId == s.Id), token));
        }
    }
}
