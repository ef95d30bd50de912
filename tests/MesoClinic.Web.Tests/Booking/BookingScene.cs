using MesoClinic.Application.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;

namespace MesoClinic.Web.Tests.Booking;

/// <summary>A clinic with one practitioner, one room, and a patient of whom nothing that matters is unknown.</summary>
internal sealed class BookingScene : IAsyncDisposable
{
    public required TestClinic Clinic { get; init; }
    public Guid Irina { get; private set; }
    public Guid Room { get; private set; }
    public Guid Hannah { get; private set; }

    public static async Task<BookingScene> SetAsync(Action<Domain.Patients.Patient>? with = null)
    {
        var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = new BookingScene { Clinic = clinic, Irina = await clinic.AddCosmetologistAsync(), Room = await clinic.AddRoomAsync() };
        scene.Hannah = await clinic.AddPatientAsync(new PatientOptions { HealthyHistory = true, AssignedTo = [scene.Irina], With = with });
        await clinic.AddPastConsultationAsync(scene.Hannah, scene.Irina, scene.Room);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Hannah, Ingredient = "ing-hyaluronic-acid", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Irina });
            await db.SaveChangesAsync();
        });
        return scene;
    }

    /// <summary>A session today, and the patient is here.</summary>
    public async Task<Guid> ArrivedAsync()
    {
        var booking = BookingBuilders.ABooking(Hannah, Irina, Room, date: Clinic.Today);
        var preview = (await Clinic.SendAsync(Irina, new PreviewBooking.Query(booking))).Must();
        booking.Acknowledged = [.. preview.Assessment!.Findings.Where(finding => finding.Action == Rules.Decision.AllowWithCaution).Select(finding => finding.Rule)];
        var id = (await Clinic.SendAsync(Irina, booking)).Must();
        (await Clinic.SendAsync(Irina, new MarkArrived.Command { AppointmentId = id })).Must();
        return id;
    }

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
