using MediatR;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>A clinic with one practitioner, one room, and a patient about whom nothing that matters is unknown.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private Desk(TestClinic clinic) => Clinic = clinic;

    public TestClinic Clinic { get; }
    public Guid Irina { get; private set; }
    public Guid Room { get; private set; }
    public Guid Patient { get; private set; }

    public static async Task<Desk> OpenAsync(Engine engine)
    {
        var clinic = await TestClinic.OpenAsync(engine);
        var desk = new Desk(clinic) { Irina = await clinic.AddCosmetologistAsync(), Room = await clinic.AddRoomAsync() };
        desk.Patient = await desk.AnotherPatientAsync("Lindqvist");
        return desk;
    }

    /// <summary>Healthy, consulted, and tested for what the bookings of these tests inject.</summary>
    public async Task<Guid> AnotherPatientAsync(string familyName = "Osman")
    {
        var patient = await Clinic.AddPatientAsync(new PatientOptions { FamilyName = familyName, HealthyHistory = true, AssignedTo = [Irina] });
        await Clinic.AddPastConsultationAsync(patient, Irina, Room);
        await Clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new Domain.Cocktails.AllergyTest { PatientId = patient, Ingredient = "ing-hyaluronic-acid", AppliedOn = Clinic.Today.AddDays(-5), ReadOn = Clinic.Today.AddDays(-3), Negative = true, AppliedById = Irina });
            await db.SaveChangesAsync();
        });
        return patient;
    }

    /// <summary>Consulted and tested, but whose list of medicines nobody has gone through.</summary>
    public async Task<Guid> PatientWithAnOpenQuestionAsync()
    {
        var patient = await AnotherPatientAsync("Brooks");
        await Clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == patient).ExecuteUpdateAsync(p => p.SetProperty(x => x.MedicationsReviewedOn, (DateOnly?)null)));
        return patient;
    }

    public BookAppointment.Command Booking(AppointmentKind kind = AppointmentKind.Session, DateOnly? date = null, string start = "10:00", int minutes = 30) =>
        BookingBuilders.ABooking(Patient, Irina, Room, kind, date, start, minutes);

    public Task<Outcome<T>> SendAsync<T>(IRequest<Outcome<T>> request) => Clinic.SendAsync(Irina, request);

    public async Task<Outcome<Guid>> SendAsync(BookAppointment.Command command, bool acknowledge)
    {
        command.Acknowledged = acknowledge ? await CautionsAsync(command) : [];
        return await Clinic.SendAsync(Irina, command);
    }

    /// <summary>Booked, its cautions read and acknowledged.</summary>
    public async Task<Guid> BookAsync(AppointmentKind kind = AppointmentKind.Session, DateOnly? date = null, string start = "10:00") => (await SendAsync(Booking(kind, date, start), acknowledge: true)).Must();

    public async Task<IReadOnlyList<string>> CautionsAsync(BookAppointment.Command command) =>
        [.. (await SendAsync(new PreviewBooking.Query(command))).Must().Assessment!.Findings.Where(finding => finding.Action == Decision.AllowWithCaution).Select(finding => finding.Rule)];

    public Task TakesAsync(string atc) => Clinic.InDatabaseAsync(async db =>
    {
        var patient = await db.Patients.Include(p => p.Medications).SingleAsync(p => p.Id == Patient);
        patient.Medications.Add(new PatientMedication { Name = atc, Atc = atc, LastDoseKind = LastDoseKind.StillTaken, NotedOn = Clinic.Today });
        await db.SaveChangesAsync();
    });

    public Task OpenAllDayAsync(string zone = "Europe/London") => Clinic.InDatabaseAsync(db =>
        db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.Hours, DayHours.EveryDay(new TimeOnly(0, 0), new TimeOnly(23, 59))).SetProperty(x => x.TimeZone, zone)));

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
