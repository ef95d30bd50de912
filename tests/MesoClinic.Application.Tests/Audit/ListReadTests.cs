using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Audit;

public sealed class ListReadTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_list_that_tells_of_an_open_chart_is_written_down_once_in_a_quarter_of_an_hour(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.BookAsync(date: desk.Clinic.Today, start: "16:00");
        await desk.BookAsync(date: desk.Clinic.Today.AddDays(14), start: "16:00");

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await LookAsync(desk, desk.Irina);
        }

        Assert.Equal(["FindPatients", "GetCalendar", "TodayBoard"], await ReadsAsync(desk, desk.Irina));
        desk.Clinic.Clock.Advance(AuditTrail.RepeatInterval);
        await LookAsync(desk, desk.Irina);
        Assert.Equal(["FindPatients", "FindPatients", "GetCalendar", "GetCalendar", "TodayBoard", "TodayBoard"], await ReadsAsync(desk, desk.Irina));
    }

    [Fact]
    public async Task A_list_that_tells_nothing_of_the_chart_is_no_look_into_it()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        await desk.BookAsync(date: desk.Clinic.Today, start: "16:00");
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");

        await LookAsync(desk, linh);
        Assert.Null(Assert.Single((await desk.SendAsync(new FindPatients.Query())).Must().Rows).NextDecision);

        Assert.Empty(await ReadsAsync(desk, linh));
        Assert.Empty(await ReadsAsync(desk, desk.Irina));
    }

    private static async Task LookAsync(Desk desk, Guid user)
    {
        (await desk.Clinic.SendAsync(user, new TodayBoard.Query(Everyone: true))).Must();
        (await desk.Clinic.SendAsync(user, new GetCalendar.Query(Days: GetCalendar.MostDays))).Must();
        (await desk.Clinic.SendAsync(user, new FindPatients.Query { WithDecisions = true })).Must();
    }

    private static Task<List<string>> ReadsAsync(Desk desk, Guid user)
    {
        string[] lists = [nameof(TodayBoard), nameof(GetCalendar), nameof(FindPatients)];
        return desk.Clinic.InDatabaseAsync(db => db.AuditEntries
            .Where(entry => entry.UserId == user && entry.PatientId == desk.Patient && entry.Outcome == "Read" && lists.Contains(entry.Action)).Select(entry => entry.Action).OrderBy(action => action).ToListAsync());
    }
}
