using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class CalendarTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_week_holds_what_begins_in_it_and_nothing_else(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var inside = (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, desk.Clinic.Today.AddDays(7)))).Must();
        (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, desk.Clinic.Today.AddDays(14)))).Must();

        var week = (await desk.SendAsync(new GetCalendar.Query(desk.Clinic.Today.AddDays(7), 7))).Must();

        Assert.Equal(inside, Assert.Single(week.Rows).Id);
        Assert.Equal(7, week.Opening.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_decision_is_only_told_to_those_who_may_read_the_chart(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation))).Must();
        var colleague = await desk.Clinic.AddCosmetologistAsync("Linh Tran");
        var day = desk.Booking().Date;

        var own = (await desk.SendAsync(new GetCalendar.Query(day))).Must();
        var other = (await desk.Clinic.SendAsync(colleague, new GetCalendar.Query(day))).Must();

        Assert.NotNull(Assert.Single(own.Rows).Decision);
        Assert.Null(Assert.Single(other.Rows).Decision);
        Assert.Equal("Hannah Lindqvist", other.Rows[0].Patient);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Open_calendars_hear_of_every_change_and_of_nothing_else(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var scope = desk.Clinic.Scope();
        var changes = scope.ServiceProvider.GetRequiredService<CalendarChanges>();
        var heard = 0;
        changes.Changed += (_, _) => heard++;
        changes.Watch(this, desk.Clinic.Today, desk.Clinic.Today.AddDays(42));
        await changes.LookAsync(CancellationToken.None);
        var before = heard;

        Assert.False(await changes.LookAsync(CancellationToken.None));
        var id = (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation))).Must();
        Assert.True(await changes.LookAsync(CancellationToken.None));
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Reason = "The patient asked for it." })).Must();
        Assert.True(await changes.LookAsync(CancellationToken.None));
        Assert.False(await changes.LookAsync(CancellationToken.None));
        Assert.Equal(before + 2, heard);
    }

    [Theory]
    [OnSqlite]
    public async Task A_calendar_that_shows_days_far_ahead_hears_of_them_until_it_is_left(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await using var scope = desk.Clinic.Scope();
        var changes = scope.ServiceProvider.GetRequiredService<CalendarChanges>();
        var far = NextTuesday.AddDays(84);
        changes.Watch(this, far, far.AddDays(1));
        await changes.LookAsync(CancellationToken.None);

        (await desk.SendAsync(ABooking(desk.Patient, desk.Irina, desk.Room, AppointmentKind.Consultation, far.AddDays(7)))).Must();
        Assert.False(await changes.LookAsync(CancellationToken.None));
        (await desk.SendAsync(ABooking(desk.Patient, desk.Irina, desk.Room, AppointmentKind.Consultation, far))).Must();
        Assert.True(await changes.LookAsync(CancellationToken.None));

        changes.Leave(this);
        (await desk.SendAsync(ABooking(desk.Patient, desk.Irina, desk.Room, AppointmentKind.Consultation, far, "12:00"))).Must();
        Assert.False(await changes.LookAsync(CancellationToken.None));
    }
}
