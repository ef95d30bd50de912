using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class BookingRaceTests
{
    private const int Clients = 20;
    private const int Rounds = 5;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Twenty_clients_race_for_overlapping_times_and_nobody_overlaps(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var rooms = new List<Guid> { desk.Room };
        var patients = new List<Guid>();
        for (var i = 0; i < Clients; i++)
        {
            rooms.Add(await desk.Clinic.AddRoomAsync($"Room {i + 2}"));
            patients.Add(await desk.Clinic.AddPatientAsync(new PatientOptions { FamilyName = $"Racer {i}", AssignedTo = [desk.Irina] }));
        }

        for (var round = 0; round < Rounds; round++)
        {
            // Every start within half an hour, every length longer than the gaps: exactly one can win.
            var day = NextTuesday.AddDays(round);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Task.Run(() => desk.SendAsync(
                ABooking(patients[i], desk.Irina, rooms[i], AppointmentKind.Consultation, day, $"10:{i % 6 * 5:00}", 30 + (i % 3 * 15))))));

            Assert.Single(outcomes, outcome => outcome.Succeeded);
            Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome =>
                Assert.StartsWith("Just taken: Irina Volkova", Assert.IsType<Failure.Conflict>(outcome.Failure).Message, StringComparison.Ordinal));
        }

        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }
}
