using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;
using static MesoClinic.Application.Tests.Rules.ClinicRulesTests;

namespace MesoClinic.Application.Tests.Rules;

/// <summary>A changed book judges everybody again, a batch at a time.</summary>
public sealed class RescreeningRoundTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_round_that_was_cut_short_goes_on_where_it_stopped(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        var clinic = desk.Clinic;
        await clinic.InDatabaseAsync(async db =>
        {
            // As a crash leaves it: a round for this book was begun, and the appointment still carries the judgement of the book before.
            db.Rescreenings.Add(new Rescreening { RuleBook = TestClinic.Book.Value.Hash, StartedUtc = clinic.Clock.GetUtcNow().UtcDateTime, Total = 1 });
            var appointment = await db.Appointments.SingleAsync(a => a.Plan != null);
            appointment.AssessmentId = null;
            await db.SaveChangesAsync();
        });

        Assert.Equal(1, await RescreenAsync(clinic));
        var round = await clinic.InDatabaseAsync(db => db.Rescreenings.AsNoTracking().SingleAsync());
        Assert.Equal((1, 1), (round.Total, round.Done));
        Assert.NotNull(round.FinishedUtc);
        Assert.Equal(0, await RescreenAsync(clinic));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_round_ends_when_another_book_comes_into_force(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        await using var scope = desk.Clinic.Scope();

        // Judged by the book in force, nobody would ever carry the hash of the book before: the round must not go on for ever.
        var round = scope.ServiceProvider.GetRequiredService<Rescreener>().RunAsync("sha256:the-book-before", CancellationToken.None);

        Assert.Same(round, await Task.WhenAny(round, Task.Delay(TimeSpan.FromSeconds(20))));
        Assert.Equal(0, await round);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_booking_that_slipped_through_is_found_a_few_minutes_later(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        Assert.Equal(0, await RescreenAsync(desk.Clinic));
        await desk.Clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Plan != null).ExecuteUpdateAsync(a => a.SetProperty(x => x.AssessmentId, (Guid?)null)));

        Assert.Equal(0, await RescreenAsync(desk.Clinic));
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await RescreenAsync(desk.Clinic));
    }
}
