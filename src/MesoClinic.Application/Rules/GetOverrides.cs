using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>What a physician may decide for one appointment, what was decided, and what the decision is with it. Nothing is stored.</summary>
public static class GetOverrides
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid AppointmentId) : IQuery<View>;

    /// <param name="Assessment">As of now: of the open session's record where there is one, else of the booking.</param>
    /// <param name="OfRecord">The session's record was assessed, with its cocktail and volumes.</param>
    /// <param name="Decision">With the overrides that count.</param>
    /// <param name="MayDecide">This person's qualification permits overrides at all, and the appointment still takes them.</param>
    public sealed record View(
        Assessment Assessment, bool OfRecord, Decision Decision, IReadOnlyList<OpenFinding> Open, IReadOnlyList<OverrideView> Given, bool MayDecide);

    /// <summary>A finding that waits for a physician.</summary>
    /// <param name="WhyNot">Why this person cannot decide it; null when they can.</param>
    /// <param name="Physicians">Who can be asked.</param>
    public sealed record OpenFinding(string Rule, string Title, string Binding, string? WhyNot, IReadOnlyList<string> Physicians);

    internal sealed class Handler(
        ClinicDbContext db, CurrentUser user, Physicians physicians, ClinicTime time, PatientAccess access, ClinicAssessor assessor, OverridePlan plans, AppointmentOverrides overrides, OverrideViews views, CurrentRuleBook books)
        : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var appointment = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == query.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(appointment.PatientId, nameof(GetOverrides), token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            var closed = OverrideRules.WhyClosed(appointment, time.UtcNow) is not null;
            var (request, record) = await plans.OfAsync(appointment, token);
            var assessment = assessor.Preview(request);
            var standing = await overrides.OfAsync(appointment.Id, request, assessment, token);
            var given = await views.OfAsync(
                db.Overrides.Where(o => o.AppointmentId == appointment.Id),
                o => closed ? OverrideState.Ended : overrides.Counts(o, request, assessment) ? OverrideState.Counts : OverrideState.Void,
                token);
            var staff = await physicians.WhoMay(Permission.GiveOverrides).OrderBy(member => member.Name).ToListAsync(token);
            var me = staff.Find(member => member.Id == user.Id)?.Qualification;
            var open = closed ? [] : assessment.Findings
                .Where(finding => finding.Action == Decision.PhysicianReview && !standing.Rules.Contains(finding.Rule, StringComparer.Ordinal))
                .DistinctBy(finding => finding.Rule, StringComparer.Ordinal)
                .Select(finding => new OpenFinding(
                    finding.Rule, finding.Title, OverrideRules.Binding(finding.Rule, assessment, request, books.Book)!, OverrideRules.WhyNot(finding, books.Book, me ?? Qualification.None),
                    [.. staff.Where(member => OverrideRules.WhyNot(finding, books.Book, member.Qualification) is null).Select(member => member.Name)]))
                .ToList();
            return new View(assessment, record is not null, standing.Decision, open, given, !closed && me is not null);
        }
    }
}
