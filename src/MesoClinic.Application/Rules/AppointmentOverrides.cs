using MesoClinic.Application.Booking;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Which overrides of an appointment count for an assessment, and what is decided with them. Every gate asks here; the assessment itself stays as it is.</summary>
public sealed class AppointmentOverrides(ClinicDbContext db, CurrentRuleBook books, Outbox outbox)
{
    /// <param name="Decision">The decision with the overrides that count.</param>
    public sealed record Standing(Decision Decision, IReadOnlyList<Override> Counting)
    {
        public IReadOnlyList<string> Rules { get; } = [.. Counting.Select(given => given.Rule).Distinct(StringComparer.Ordinal)];
    }

    public async Task<Standing> OfAsync(Guid appointmentId, AssessmentRequest request, Assessment assessment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (!assessment.Findings.Any(finding => finding.Action == Decision.PhysicianReview))
        {
            return new Standing(assessment.Decision, []);
        }

        var given = await db.Overrides.AsNoTracking().Where(o => o.AppointmentId == appointmentId && o.WithdrawnUtc == null).ToListAsync(token);
        var counting = given.FindAll(o => Counts(o, request, assessment));
        return new Standing(assessment.DecisionWith([.. counting.Select(o => o.Rule)]), counting);
    }

    /// <summary>Same rule, same facts, same plan, same day.</summary>
    public bool Counts(Override given, AssessmentRequest request, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(given);
        return given.WithdrawnUtc is null && given.Binding == OverrideRules.Binding(given.Rule, assessment, request, books.Book);
    }

    /// <summary>Lets the appointment take an assessment over, with the overrides that count; which ones did is kept.</summary>
    public async Task<Standing> JudgeAsync(Appointment appointment, StoredAssessment stored, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var standing = await UseAsync(appointment.Id, stored, token);
        var wasHeld = appointment.IsProvisional;
        appointment.Judge(stored, standing.Decision, await HasLostOneAsync(appointment, standing, token));
        if (wasHeld && !appointment.IsProvisional)
        {
            await outbox.ConfirmedAsync(appointment, token);
        }

        return standing;
    }

    /// <summary>The same for an assessment of a session's record, which the appointment takes over only at the start.</summary>
    public async Task<Standing> UseAsync(Guid appointmentId, StoredAssessment stored, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var standing = await OfAsync(appointmentId, stored.Facts, stored.Result, token);
        db.OverrideUses.AddRange(standing.Counting.Select(given => new OverrideUse { OverrideId = given.Id, AssessmentId = stored.Id }));
        return standing;
    }

    /// <summary>Whether the assessment before this one rested on an override that no longer counts.</summary>
    private async Task<bool> HasLostOneAsync(Appointment appointment, Standing standing, CancellationToken token)
    {
        if (standing.Decision <= Decision.AllowWithCaution || appointment.AssessmentId is not { } previous)
        {
            return false;
        }

        var used = await db.OverrideUses.Where(use => use.AssessmentId == previous).Select(use => use.OverrideId).ToListAsync(token);
        return used.Except(standing.Counting.Select(given => given.Id)).Any();
    }
}
