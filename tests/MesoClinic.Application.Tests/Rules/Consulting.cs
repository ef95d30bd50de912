using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Rules;

/// <summary>The desk of the booking tests, and physicians to be asked.</summary>
internal static class Consulting
{
    public const string Keloid = "ci-keloid-family";
    public const string Thrombophilia = "ci-thrombophilia";
    public const string Words = "Earlobe of the mother only; test area read without reaction in May.";

    public static async Task<Guid> AddPhysicianAsync(this Desk desk, Qualification qualification = Qualification.Physician, bool knowsThePatient = true)
    {
        var physician = await desk.Clinic.AddStaffAsync("Dr Paul Adler", qualification, takesAppointments: false, Data.Accounts.ClinicRoles.Cosmetologist);
        if (knowsThePatient)
        {
            (await desk.Clinic.SendAsync(physician, new OpenChartWithReason.Command { PatientId = desk.Patient, Reason = "Asked to decide about the session" })).Must();
        }

        return physician;
    }

    /// <summary>A finding that asks for a physician: keloids in the close family.</summary>
    public static Task KeloidsInTheFamilyAsync(this Desk desk) => desk.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.Include(p => p.Answers).SingleAsync(p => p.Id == desk.Patient);
        patient.Answers.Add(new PatientAnswer { Question = "q-keloid-family", Value = "yes", AskedOn = desk.Clinic.Today, AskedUtc = desk.Clinic.Clock.GetUtcNow().UtcDateTime.AddSeconds(1), AskedById = desk.Irina });
        await db.SaveChangesAsync();
    });

    public static Task HasAsync(this Desk desk, string icd10, ConditionStatus status = ConditionStatus.Chronic) => desk.Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.Include(p => p.Conditions).SingleAsync(p => p.Id == desk.Patient);
        patient.Conditions.Add(new PatientCondition { Icd10 = icd10, Title = icd10, Status = status, NotedOn = desk.Clinic.Today });
        await db.SaveChangesAsync();
    });

    public static async Task<GetOverrides.View> OverridesAsync(this Desk desk, Guid appointment, Guid user) => (await desk.Clinic.SendAsync(user, new GetOverrides.Query(appointment))).Must();

    /// <summary>As the physician's page does it: what is seen is sent along.</summary>
    public static async Task<Outcome<Guid>> TryOverrideAsync(this Desk desk, Guid physician, Guid appointment, string rule, Action<GiveOverride.Command>? change = null)
    {
        var seen = (await desk.OverridesAsync(appointment, desk.Irina)).Open.SingleOrDefault(finding => finding.Rule == rule)?.Binding ?? "sha256:none";
        var command = new GiveOverride.Command { AppointmentId = appointment, Rule = rule, Binding = seen, Reason = OverrideReason.ToleratedBefore, Text = Words };
        change?.Invoke(command);
        return await desk.Clinic.SendAsync(physician, command);
    }

    public static async Task<Guid> OverrideAsync(this Desk desk, Guid physician, Guid appointment, string rule) => (await desk.TryOverrideAsync(physician, appointment, rule)).Must();

    public static async Task<OverrideState?> StateAsync(this Desk desk, Guid appointment, Guid given) => (await desk.OverridesAsync(appointment, desk.Irina)).Given.Single(o => o.Id == given).State;

    public static async Task<Outcome<Guid>> MoveAsync(this Desk desk, Guid appointment, DateOnly date, string start = "11:00")
    {
        var now = await desk.Clinic.AppointmentAsync(appointment);
        return await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = appointment, Version = now.Version, Date = date, Start = TimeOnly.ParseExact(start, "HH:mm", System.Globalization.CultureInfo.InvariantCulture), Minutes = 30,
            PractitionerId = desk.Irina, RoomId = desk.Room, Acknowledged = now.Acknowledged,
        });
    }
}
