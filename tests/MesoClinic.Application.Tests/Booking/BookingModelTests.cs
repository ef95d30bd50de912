using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Xunit.Abstractions;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>Random sequences of booking, moving, cancelling and replaying against the database, beside a model that is a plain list.</summary>
public sealed class BookingModelTests(ITestOutputHelper output)
{
    private const int Sequences = 12;
    private const int Steps = 25;

    [Fact]
    public async Task Nothing_overlaps_no_claim_is_orphaned_cancelling_frees_moves_are_atomic_and_replays_act_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var clinic = await ModelClinic.OfAsync(desk);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var day = NextTuesday.AddDays(sequence);
            clinic.Begin();
            foreach (var step in StepGen.Sample(50, new Rnd((ulong)(seed + sequence)), Steps))
            {
                await clinic.DoAsync(step, day);
            }

            Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        }

        Assert.True(clinic.Booked > 20 && clinic.Refused > 20 && clinic.Moved > 5 && clinic.Cancelled > 5 && clinic.Replayed > 3, $"{clinic.Booked} booked, {clinic.Refused} refused, {clinic.Moved} moved, {clinic.Cancelled} cancelled, {clinic.Replayed} replayed");
    }

    private enum Act
    {
        Book,
        Move,
        Cancel,
        Replay,
    }

    /// <param name="Which">Of the appointments that stand, for all but booking.</param>
    /// <param name="Slot">Start in steps of five minutes after 09:00; the day ends at 12:00, so that times are scarce.</param>
    private sealed record Step(Act Act, int Which, int Slot, int Slots, int Practitioner, int Room, int Patient);

    private static Gen<Step> StepGen =>
        from act in Gen.Frequency((5, Gen.Constant(Act.Book)), (3, Gen.Constant(Act.Move)), (2, Gen.Constant(Act.Cancel)), (1, Gen.Constant(Act.Replay)))
        from which in Gen.Choose(0, 50)
        from slot in Gen.Choose(0, 36)
        from slots in Gen.Choose(1, 9)
        from practitioner in Gen.Choose(0, 1)
        from room in Gen.Choose(0, 1)
        from patient in Gen.Choose(0, 3)
        select new Step(act, which, slot, slots, practitioner, room, patient);

    private sealed class ModelClinic(Desk desk, IReadOnlyList<Guid> practitioners, IReadOnlyList<Guid> rooms, IReadOnlyList<int> cleaning, IReadOnlyList<Guid> patients)
    {
        private readonly List<(Guid Id, int Slot, int Slots, int Practitioner, int Room, int Patient)> standing = [];
        private BookAppointment.Command? last;
        private Guid lastResult;

        public int Booked { get; private set; }
        public int Refused { get; private set; }
        public int Moved { get; private set; }
        public int Cancelled { get; private set; }
        public int Replayed { get; private set; }

        public static async Task<ModelClinic> OfAsync(Desk desk)
        {
            var patients = new List<Guid> { desk.Patient };
            for (var i = 0; i < 3; i++)
            {
                patients.Add(await desk.AnotherPatientAsync($"Model {i}"));
            }

            return new ModelClinic(desk, [desk.Irina, await desk.Clinic.AddCosmetologistAsync("Linh Tran")], [desk.Room, await desk.Clinic.AddRoomAsync("Room 2", cleaning: 10)], [0, 2], patients);
        }

        public void Begin()
        {
            standing.Clear();
            last = null;
        }

        public Task DoAsync(Step step, DateOnly day) => step.Act switch
        {
            Act.Move when standing.Count > 0 => MoveAsync(step, day),
            Act.Cancel when standing.Count > 0 => CancelAsync(step),
            Act.Replay when last is not null => ReplayAsync(),
            _ => BookAsync(step, day),
        };

        private async Task BookAsync(Step step, DateOnly day)
        {
            var command = ABooking(patients[step.Patient], practitioners[step.Practitioner], rooms[step.Room], AppointmentKind.Consultation, day, Start(step.Slot).ToString("HH:mm", null), 5 * step.Slots);
            var outcome = await desk.SendAsync(command);

            Assert.Equal(IsFree(step, except: null, step.Patient), outcome.Succeeded);
            if (!outcome.Succeeded)
            {
                Assert.IsType<Failure.Conflict>(outcome.Failure);
                Refused++;
            }
            else
            {
                standing.Add((outcome.Value, step.Slot, step.Slots, step.Practitioner, step.Room, step.Patient));
                (last, lastResult, Booked) = (command, outcome.Value, Booked + 1);
            }
        }

        private async Task MoveAsync(Step step, DateOnly day)
        {
            var index = step.Which % standing.Count;
            var moving = standing[index];
            var before = await desk.Clinic.AppointmentAsync(moving.Id);
            var outcome = await desk.SendAsync(new MoveAppointment.Command
            {
                AppointmentId = moving.Id,
                Version = before.Version,
                Date = day,
                Start = Start(step.Slot),
                Minutes = 5 * step.Slots,
                PractitionerId = practitioners[step.Practitioner],
                RoomId = rooms[step.Room],
            });

            Assert.Equal(IsFree(step, moving.Id, moving.Patient), outcome.Succeeded);
            var after = await desk.Clinic.AppointmentAsync(moving.Id);
            if (outcome.Succeeded)
            {
                standing[index] = (moving.Id, step.Slot, step.Slots, step.Practitioner, step.Room, moving.Patient);
                Assert.Equal(day.ToDateTime(Start(step.Slot)), after.WallStart);
                Moved++;
            }
            else
            {
                Assert.Equal((before.StartUtc, before.RoomId, before.PractitionerId, before.Version), (after.StartUtc, after.RoomId, after.PractitionerId, after.Version));
                Refused++;
            }
        }

        private async Task CancelAsync(Step step)
        {
            var going = standing[step.Which % standing.Count];
            (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = going.Id, Reason = "Model" })).Must();
            standing.Remove(going);
            Assert.Empty((await desk.Clinic.AppointmentAsync(going.Id)).Claims);
            Cancelled++;
        }

        private async Task ReplayAsync()
        {
            Assert.Equal(lastResult, (await desk.SendAsync(last!)).Must());
            Replayed++;
        }

        private bool IsFree(Step step, Guid? except, int patient) => standing.TrueForAll(other => other.Id == except || !(
            (Meet(step.Slot, step.Slots, other.Slot, other.Slots) && (other.Practitioner == step.Practitioner || other.Patient == patient))
            || (other.Room == step.Room && Meet(step.Slot, step.Slots + cleaning[step.Room], other.Slot, other.Slots + cleaning[step.Room]))));

        private static bool Meet(int start, int length, int otherStart, int otherLength) => start < otherStart + otherLength && otherStart < start + length;

        private static TimeOnly Start(int slot) => new TimeOnly(9, 0).AddMinutes(5 * slot);
    }
}
