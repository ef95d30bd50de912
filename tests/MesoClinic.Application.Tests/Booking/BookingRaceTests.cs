using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class BookingRaceTests
{
    private const int Clients = 20;
    private const int Rounds = 100;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Twenty_clients_race_a_hundred_times_for_a_practitioner_a_room_or_a_patient_and_one_wins(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (practitioners, rooms, patients) = (new List<Guid>(), new List<Guid>(), new List<Guid>());
        for (var i = 0; i < Clients; i++)
        {
            practitioners.Add(await desk.Clinic.AddCosmetologistAsync($"Racer {i}"));
            rooms.Add(await desk.Clinic.AddRoomAsync($"Room {i + 2}"));
            patients.Add(await desk.Clinic.AddPatientAsync(new PatientOptions { FamilyName = $"Racer {i}", AssignedTo = [desk.Irina] }));
        }

        var winners = new List<Guid>();
        for (var round = 0; round < Rounds; round++)
        {
            // Every start within half an hour, every length longer than the gaps: exactly one can win what all of them need.
            var (day, contested) = (NextTuesday.AddDays((7 * (round / 5)) + (round % 5)), round % 3);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Task.Run(() => desk.SendAsync(ABooking(
                contested == 2 ? desk.Patient : patients[i], contested == 0 ? desk.Irina : practitioners[i], contested == 1 ? desk.Room : rooms[i], AppointmentKind.Consultation, day, $"10:{i % 6 * 5:00}", 30 + (i % 3 * 15))))));

            winners.Add(Assert.Single(outcomes, outcome => outcome.Succeeded).Value);
            var taken = contested switch { 0 => "Irina Volkova", 1 => "Room 1", _ => "the patient" };
            Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome =>
                Assert.StartsWith($"Just taken: {taken} has", Assert.IsType<Failure.Conflict>(outcome.Failure).Message, StringComparison.Ordinal));
        }

        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        Assert.Equal(winners.Order(), (await desk.Clinic.InDatabaseAsync(db => db.SlotClaims.Select(claim => claim.AppointmentId).Distinct().ToListAsync())).Order());
    }
}
