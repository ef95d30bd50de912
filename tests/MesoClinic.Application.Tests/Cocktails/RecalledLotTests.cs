using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Cocktails;

/// <summary>What a recall does to records in work, bookings and the shelf.</summary>
public sealed class RecalledLotTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_recalled_lot_is_refused_at_the_start_after_it_for_a_test_dose_and_in_the_stock(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (ready, begun) = (await SessionScene.ReadyAsync(clinic), await SessionScene.StartedAsync(clinic));
        await RecallTests.RecallAsync(clinic, manager, ready.Lot);

        Assert.Contains("is recalled", RecallTests.Problem(await ready.TryStartAsync(), "Lines[0].LotId"), StringComparison.Ordinal);
        Assert.Contains("is recalled", RecallTests.Problem(await begun.TrySaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = ready.Lot, VolumeMl = 0.1m })), "Lines[1].LotId"), StringComparison.Ordinal);
        var dose = await clinic.SendAsync(begun.Practitioner, new ApplyAllergyTest.Command { PatientId = begun.Patient, LotId = ready.Lot, AppliedOn = clinic.Today });
        Assert.Contains("is recalled", RecallTests.Problem(dose, "LotId"), StringComparison.Ordinal);
        Assert.DoesNotContain((await clinic.SendAsync(manager, new ListLots.Query { UsableOnly = true })).Must(), l => l.Id == ready.Lot);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_record_in_work_is_flagged_and_one_whose_injections_began_can_still_be_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var (ready, begun) = (await SessionScene.ReadyAsync(clinic), await SessionScene.StartedAsync(clinic));
        await RecallTests.RecallAsync(clinic, manager, ready.Lot);
        await RecallTests.RecallAsync(clinic, manager, begun.Lot);

        var mine = (await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must();
        Assert.Equal([(ready.Session, false), (begun.Session, true)], mine.OrderBy(row => row.Started).Select(row => (row.SessionId!.Value, row.Started)));
        Assert.Equal("L-2604", mine.Single(row => row.SessionId == ready.Session).Number);
        Assert.All((await clinic.SendAsync(manager, new ListRecalledPlans.Query())).Must(), row => Assert.Null(row.Product));

        (await begun.TrySignAsync()).Must();
        await ready.SaveAsync(draft => draft.Lines.Clear());
        Assert.DoesNotContain((await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must(), row => row.SessionId is not null);
        Assert.Equal(begun.Patient, Assert.Single((await clinic.SendAsync(manager, new GetRecall.Query { LotId = begun.Lot })).Must().Patients).PatientId);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_record_that_was_opened_for_a_cancelled_appointment_is_not_flagged(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, ready) = (await clinic.AddManagerAsync(), await SessionScene.ReadyAsync(clinic));
        await RecallTests.RecallAsync(clinic, manager, ready.Lot);
        Assert.Single((await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must());

        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == ready.Appointment).ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Cancelled)));

        Assert.Empty((await clinic.SendAsync(ready.Practitioner, new ListRecalledPlans.Query())).Must());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_booked_session_is_flagged_once_nothing_usable_is_left_of_what_it_plans(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, scene) = (await clinic.AddManagerAsync(), await SessionScene.SetAsync(clinic));
        await RecallTests.RecallAsync(clinic, manager, scene.Lot);

        var row = Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must());
        Assert.Equal((scene.Appointment, null, scene.Patient), (row.AppointmentId, row.SessionId, row.PatientId));

        await clinic.AddLotAsync(SessionScene.Ingredient);
        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new ListRecalledPlans.Query())).Must());
    }

    /// <summary>One ampoule left does not serve two patients.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_two_bookings_the_later_one_is_flagged_when_one_ampoule_is_left(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, first, second) = (await clinic.AddManagerAsync(), await SessionScene.SetAsync(clinic), await SessionScene.SetAsync(clinic));
        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == second.Appointment).ExecuteUpdateAsync(a => a
            .SetProperty(x => x.StartUtc, x => x.StartUtc.AddDays(7)).SetProperty(x => x.EndUtc, x => x.EndUtc.AddDays(7)).SetProperty(x => x.WallStart, x => x.WallStart.AddDays(7))));
        await RecallTests.RecallAsync(clinic, manager, first.Lot);
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == second.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)));
        // What expires before the later session serves the earlier one only, however many ampoules there are.
        await clinic.AddLotAsync(SessionScene.Ingredient, expires: clinic.Today.AddDays(3), ampoules: 9);
        Assert.Equal(second.Appointment, Assert.Single((await clinic.SendAsync(manager, new ListRecalledPlans.Query())).Must()).AppointmentId);

        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.AmpoulesLeft == 9).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 0)));
        var scarce = await clinic.AddLotAsync(SessionScene.Ingredient, ampoules: 1);
        Assert.Equal(second.Appointment, Assert.Single((await clinic.SendAsync(manager, new ListRecalledPlans.Query())).Must()).AppointmentId);
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == scarce).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 2)));
        Assert.Empty((await clinic.SendAsync(manager, new ListRecalledPlans.Query())).Must());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Open_recorders_hear_of_each_recall_and_of_nothing_else(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await using var scope = clinic.Scope();
        var (manager, scene, news) = (await clinic.AddManagerAsync(), await SessionScene.SetAsync(clinic), scope.ServiceProvider.GetRequiredService<SafetyNews>());
        await news.LookAsync(CancellationToken.None);
        var heard = 0;
        news.Changed += (_, _) => heard++;

        Assert.False(await news.LookAsync(CancellationToken.None));
        await RecallTests.RecallAsync(clinic, manager, scene.Lot);
        Assert.True(await news.LookAsync(CancellationToken.None));
        Assert.False(await news.LookAsync(CancellationToken.None));
        (await clinic.SendAsync(manager, new LiftRecall.Command { LotId = scene.Lot, Reason = "The notice named HA-2640" })).Must();
        Assert.True(await news.LookAsync(CancellationToken.None));
        Assert.Equal(2, heard);
    }
}
