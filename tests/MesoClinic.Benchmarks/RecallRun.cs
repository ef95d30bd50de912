using System.Diagnostics;
using System.Globalization;
using MesoClinic.Application.Cocktails;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Benchmarks;

/// <summary>From a recalled lot to every patient, over 120,000 sessions of three lines each in a SQLite file.</summary>
internal static class RecallRun
{
    private const int Sessions = 120_000;
    private const int Patients = 20_000;
    private const int Lots = 1_200;
    private const int Rounds = 51;

    public static async Task RunAsync()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, irina, room) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync(), await clinic.AddRoomAsync());
        var expected = await FillAsync(clinic, irina, room);
        foreach (var (name, lot) in new[] { ("a lot of one delivery", expected.Small), ("a lot of ten deliveries", expected.Large) })
        {
            (await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot.Id, Reason = "particles" })).Must();
            await MeasureAsync(clinic, manager, name, lot);
        }

        await clinic.InDatabaseAsync(async db =>
        {
            await using var command = RecallReach.Sessions(db, expected.Small.Id).CreateDbCommand();
            await db.Database.OpenConnectionAsync();
            command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                Console.WriteLine($"plan: {reader.GetString(3)}");
            }
        });
    }

    private static async Task MeasureAsync(TestClinic clinic, Guid manager, string name, (Guid Id, HashSet<Guid> Patients) lot)
    {
        var (finding, asking) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await using var scope = clinic.Scope();
            var watch = Stopwatch.StartNew();
            var found = await scope.ServiceProvider.GetRequiredService<RecallReach>().OfAsync(lot.Id, CancellationToken.None);
            finding.Add(watch.Elapsed.TotalMilliseconds);
            if (!lot.Patients.SetEquals(found.Select(dose => dose.PatientId)))
            {
                throw new InvalidOperationException("The recall did not find every patient, or found somebody else.");
            }

            watch.Restart();
            (await clinic.SendAsync(manager, new GetRecall.Query { LotId = lot.Id })).Must();
            asking.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {lot.Patients.Count} patients: found in {Median(finding):0.0} ms (first {finding[0]:0} ms); the page with contacts, permission and audit in {Median(asking):0.0} ms (first {asking[0]:0} ms)"));
    }

    private static double Median(List<double> times) => times.Skip(1).Order().ElementAt(times.Count / 2);

    private static Task<((Guid Id, HashSet<Guid> Patients) Small, (Guid Id, HashSet<Guid> Patients) Large)> FillAsync(TestClinic clinic, Guid practitioner, Guid room) => clinic.InDatabaseAsync(async db =>
    {
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        var random = new Random(2026);
        var product = new Product { Name = "Hyaluron", Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10)] };
        var lots = Enumerable.Range(0, Lots).Select(n => new Lot { ProductId = product.Id, Number = $"HA-{n:00000}", ExpiresOn = clinic.Today.AddYears(1), ReceivedOn = clinic.Today, AmpoulesReceived = 400, AmpoulesLeft = 100 }).ToList();
        var patients = Enumerable.Range(0, Patients).Select(n => new Patient { GivenName = "Rosa", FamilyName = $"Feld {n}", Phone = $"020 7946 {n:00000}", BirthDate = new DateOnly(1990, 5, 1), SearchText = $"rosa feld {n}", RegisteredUtc = now, RegisteredById = practitioner }).ToList();
        var (small, large) = ((lots[1].Id, new HashSet<Guid>()), (lots[0].Id, new HashSet<Guid>()));
        var records = new List<object>(Sessions * 2) { product };
        records.AddRange(lots);
        records.AddRange(patients);
        for (var n = 0; n < Sessions; n++)
        {
            var (patient, start) = (patients[random.Next(Patients)], now.AddMinutes(-30 * (n + 1)));
            var appointment = new Appointment { PatientId = patient.Id, PractitionerId = practitioner, RoomId = room, Kind = AppointmentKind.Session, State = AppointmentState.Done, StartUtc = start, EndUtc = start.AddMinutes(25), WallStart = start, BookedById = practitioner, BookedUtc = start };
            List<Guid> from = [lots[n % 40 == 0 ? 0 : 1 + random.Next(Lots - 1)].Id, lots[1 + random.Next(Lots - 1)].Id, lots[1 + random.Next(Lots - 1)].Id];
            records.Add(appointment);
            records.Add(new Session
            {
                AppointmentId = appointment.Id, PatientId = patient.Id, PractitionerId = practitioner, Number = 1, OpenedUtc = start, StartedUtc = start, EndedUtc = start.AddMinutes(20),
                Cocktail = [.. from.Select((lot, position) => new CocktailLine { Position = position, LotId = lot, VolumeMl = 0.3m, Ampoules = 1 })],
            });
            foreach (var (id, received) in new[] { small, large })
            {
                if (from.Contains(id))
                {
                    received.Add(patient.Id);
                }
            }
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertAsync(records, CancellationToken.None);
        await transaction.CommitAsync();
        return (small, large);
    });
}
