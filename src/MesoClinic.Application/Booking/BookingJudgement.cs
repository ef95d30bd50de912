using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Booking;

/// <summary>Asks the rule book about the day of a booking and applies what its decision permits.</summary>
internal sealed class BookingJudgement(ClinicAssessor assessor, AppointmentOverrides overrides, PatientAccess access)
{
    /// <summary>Assesses, keeps the assessment, and lets the appointment take it over.</summary>
    /// <returns>Null when it may be booked; otherwise the refusal.</returns>
    public async Task<Failure?> JudgeAsync(Appointment appointment, CancellationToken token)
    {
        var request = await assessor.RequestAsync(appointment, DateOnly.FromDateTime(appointment.WallStart), Stage.Booking, token);
        var stored = assessor.Assess(request, appointment.PatientId, appointment.Id);
        await overrides.JudgeAsync(appointment, stored, token);
        if (!appointment.IsTreatment)
        {
            return null;
        }

        var (isBlocked, open) = (stored.Decision >= Decision.ModifyPlan, Unacknowledged(stored, appointment.Acknowledged));
        if (!isBlocked && open.Count == 0)
        {
            return null;
        }

        var mayReadChart = await access.MayReadChartAsync(appointment.PatientId, token);
        if (isBlocked)
        {
            return new Failure.Contraindicated(mayReadChart ? stored.Result : WithoutHealth(stored.Result));
        }

        // Nobody acknowledges a measure unseen, and the measures are part of the chart.
        return mayReadChart
            ? new Failure.Invalid(nameof(BookAppointment.Command.Acknowledged), $"Acknowledge before booking: {string.Join("; ", open.Select(finding => finding.Title))}.")
            : new Failure.ReasonNeeded(appointment.PatientId);
    }

    public static IReadOnlyList<Finding> Unacknowledged(StoredAssessment stored, IReadOnlyList<string> acknowledged) =>
        [.. stored.Result.Findings.Where(finding => finding.Action == Decision.AllowWithCaution && !acknowledged.Contains(finding.Rule, StringComparer.Ordinal))];

    /// <summary>For those who may book but not read the chart: whether and when, not why.</summary>
    public static Assessment WithoutHealth(Assessment assessment) => assessment with { Findings = [], WaitingFor = [], Missing = [], StillToAsk = [] };
}
