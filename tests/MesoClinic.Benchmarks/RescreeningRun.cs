using System.Diagnostics;
using System.Globalization;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Benchmarks;

/// <summary>10,000 coming appointments judged again by a changed book, through the database, while the desk goes on booking.</summary>
internal static class RescreeningRun
{
    private const int Appointments = 10_000;

    public static async Task RunAsync()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (irina, linh, room) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"), await clinic.AddRoomAsync());
        await FillAsync(clinic, linh, room);
        var desk = await clinic.AddHealthyPatientAsync(irina);
        await clinic.AddPastConsultationAsync(desk, irina, room);

        await using var scope = clinic.Scope();
        var cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        var watch = Stopwatch.StartNew();
        var round = Task.Run(() => scope.ServiceProvider.GetRequiredService<Rescreener>().RunAsync(CancellationToken.None));
        var bookings = await BookUntilAsync(clinic, round, desk, irina, room);
        var judged = await round;
        var seconds = watch.Elapsed.TotalSeconds;

        bookings.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{judged} appointments judged again in {seconds:0.0} s, {Environment.CpuUsage.TotalTime.TotalSeconds - cpu:0.0} s of processor time"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bookings.Count} bookings meanwhile: median {bookings[bookings.Count / 2]:0} ms, p95 {bookings[(int)(bookings.Count * 0.95)]:0} ms, longest {bookings[^1]:0} ms"));
    }

    /// <summary>One booking after the other, each at a time of its own; what is measured is the answer to the person at the desk.</summary>
    private static async Task<List<double>> BookUntilAsync(TestClinic clinic, Task end, Guid patient, Guid practitioner, Guid room)
    {
        var times = new List<double>();
        for (var n = 0; !end.IsCompleted; n++)
        {
            var day = BookingBuilders.NextTuesday.AddDays(7 * (n / 16));
            var start = new TimeOnly(9, 0).AddMinutes(30 * (n % 16));
            var command = BookingBuilders.ABooking(patient, practitioner, room, AppointmentKind.Consultation, day, start.ToString("HH:mm", CultureInfo.InvariantCulture));
            var watch = Stopwatch.StartNew();
            (await clinic.SendAsync(practitioner, command)).Must();
            times.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(20);
        }

        return times;
    }

    private static Task FillAsync(TestClinic clinic, Guid practitioner, Guid room) => clinic.InDatabaseAsync(async db =>
    {
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        var records = new List<object>();
        for (var n = 0; n < Appointments; n++)
        {
            var patient = new Patient { GivenName = "Rosa", FamilyName = $"Feld {n}", BirthDate = new DateOnly(1990, 5, 1), SearchText = $"rosa feld {n}", RegisteredUtc = now, RegisteredById = practitioner };
            PatientBuilders.GiveHealthyHistory(patient, clinic.Today, now);
            var start = now.Date.AddDays(1 + (n / 20)).AddHours(9).AddMinutes(20 * (n % 20));
            records.Add(patient);
            records.Add(new Appointment
            {
                PatientId = patient.Id,
                PractitionerId = practitioner,
                RoomId = room,
                Kind = AppointmentKind.Session,
                StartUtc = start,
                EndUtc = start.AddMinutes(20),
                WallStart = start.AddHours(1),
                Plan = new PlannedTreatment { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid"] },
                BookedById = practitioner,
                BookedUtc = now,
                Decision = Decision.Allow,
            });
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertAsync(records, CancellationToken.None);
        await transaction.CommitAsync();
    });
}
