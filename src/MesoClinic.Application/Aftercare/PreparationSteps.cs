using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Aftercare;

/// <summary>What to do or leave before a session, from the preparation table.</summary>
internal static class PreparationSteps
{
    private const string ForMinors = "pre-guardian";
    private const string Consultation = "pre-consultation";

    /// <summary>What is due now first, then by the time from which it holds. A step whose time has passed, such as the separate consultation, is left out.</summary>
    public static IReadOnlyList<GetAftercare.PreparationStep> Before(DateTimeOffset start, DateTimeOffset now, int age, bool consulted, KnowledgeBase knowledge) =>
    [
        .. knowledge.Preparation
            .Where(row => Concerns(row, age, consulted))
            .Select(row => (Row: row, From: row.FromHours is { } hours ? start.AddHours(hours) : (DateTimeOffset?)null, To: start.AddHours(row.ToHours)))
            .Where(step => step.To >= now)
            .Select(step => new GetAftercare.PreparationStep(step.Row.Id, step.Row.Title, step.Row.Rationale, step.Row.Do, step.From, step.From is null || step.From <= now))
            .OrderByDescending(step => step.DueNow).ThenBy(step => step.From ?? DateTimeOffset.MinValue).ThenBy(step => step.Id, StringComparer.Ordinal),
    ];

    /// <summary>A guardian comes with a minor only; who was seen here before needs no first consultation.</summary>
    public static bool Concerns(PreparationItem row, int age, bool consulted) => (row.Id != ForMinors || age < Ages.Adult) && (row.Id != Consultation || !consulted);
}

/// <summary>The next appointment that still stands.</summary>
internal sealed record NextAppointment(Guid Id, AppointmentKind Kind, DateTime StartUtc, DateTime WallStart, string Practitioner, int Age, bool Consulted)
{
    public static async Task<NextAppointment?> OfAsync(ClinicDbContext db, Guid patientId, DateTime nowUtc, CancellationToken token)
    {
        var next = await db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == patientId && a.StartUtc > nowUtc && (a.ProvisionalUntilUtc == null || a.ProvisionalUntilUtc > nowUtc))
            .Where(Appointment.HasNotBegun)
            .OrderBy(a => a.StartUtc)
            .Select(a => new { a.Id, a.Kind, a.StartUtc, a.WallStart, Practitioner = a.Practitioner!.Name, a.Patient!.BirthDate, Consulted = db.Appointments.Any(other => other.PatientId == patientId && other.State == AppointmentState.Done) })
            .FirstOrDefaultAsync(token);
        return next is null ? null : new NextAppointment(next.Id, next.Kind, next.StartUtc, next.WallStart, next.Practitioner, Ages.On(DateOnly.FromDateTime(next.WallStart), next.BirthDate), next.Consulted);
    }
}
