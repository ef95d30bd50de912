using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Testing;
using Xunit.Abstractions;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>Random sequences of what a clinic does with its time, against the database, beside a model that is a plain list.</summary>
public sealed class BookingModelTests(ITestOutputHelper output)
{
    private const int Sequences = 12;
    private const int Steps = 30;

    [Fact]
    public async Task Nothing_overlaps_no_claim_is_orphaned_cancelling_frees_moves_and_series_are_atomic_and_replays_act_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var clinic = await ModelClinic.OfAsync(desk);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            foreach (var step in StepGen.Sample(50, new Rnd((ulong)(seed + sequence)), Steps))
            {
                await clinic.DoAsync(step);
            }

            await clinic.IsAsTheModelSaysAsync();
            await clinic.ClearAsync();
        }

        var did = clinic.Did;
        output.WriteLine(string.Join(", ", did.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}")));
        Assert.All(Enum.GetValues<Deed>(), deed => Assert.True(did.GetValueOrDefault(deed) > (deed is Deed.Booked or Deed.Refused ? 20 : 0), $"{did.GetValueOrDefault(deed)} {deed}"));
    }

    private static Gen<Step> StepGen =>
        from act in Gen.Frequency(
            (8, Gen.Constant(Act.Book)), (3, Gen.Constant(Act.BookWithDevice)), (3, Gen.Constant(Act.BookSeries)), (4, Gen.Constant(Act.Move)), (3, Gen.Constant(Act.Cancel)),
            (2, Gen.Constant(Act.Replay)), (4, Gen.Constant(Act.Wait)), (4, Gen.Constant(Act.AnswerOffer)), (2, Gen.Constant(Act.LetTimePass)))
        from which in Gen.Choose(0, 50)
        from day in Gen.Choose(0, 2)
        from slot in Gen.Choose(0, 36)
        from slots in Gen.Choose(1, 9)
        from practitioner in Gen.Choose(0, 1)
        from room in Gen.Choose(0, 1)
        from patient in Gen.Choose(0, 3)
        select new Step(act, which, day, slot, slots, practitioner, room, patient);
}

internal enum Act
{
    Book,
    BookWithDevice,
    BookSeries,
    Move,
    Cancel,
    Replay,

    /// <summary>Somebody is put on the waitlist: the next time that becomes free is held for them.</summary>
    Wait,
    AnswerOffer,
    LetTimePass,
}

/// <summary>What came of it.</summary>
internal enum Deed
{
    Booked,
    DeviceBooked,
    SeriesBooked,
    SeriesRefused,
    Refused,
    Moved,
    Cancelled,
    Replayed,
    Offered,
    Accepted,
    Declined,
    RanOut,
}

/// <param name="Which">Of the appointments that stand, for what concerns one of them.</param>
/// <param name="Day">Of three, a week apart, so that no interval between sessions stands in the way.</param>
/// <param name="Slot">Start in steps of five minutes after 09:00; the day ends at 12:00, so that times are scarce.</param>
internal sealed record Step(Act Act, int Which, int Day, int Slot, int Slots, int Practitioner, int Room, int Patient);
