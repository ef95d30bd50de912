using MesoClinic.Application.Booking;
using MesoClinic.Application.Staff;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

public sealed class ResourceTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Hours_holidays_and_leave_keep_bookings_moves_and_offers_out(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var manager = await desk.Clinic.AddManagerAsync();
        await CloseOnAsync(desk, manager, DayOfWeek.Sunday);
        (await desk.Clinic.SendAsync(manager, new AddHoliday.Command { Date = NextTuesday, Name = "Founders' Day" })).Must();
        (await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = NextTuesday.AddDays(1), Until = NextTuesday.AddDays(2) })).Must();
        var friday = NextTuesday.AddDays(3);
        var booked = await desk.BookAsync(AppointmentKind.Consultation, friday);

        Assert.Equal("Closed on Sundays. Open again on Monday 8 June, 09:00.", await RefusalAsync(desk, NextTuesday.AddDays(-2)));
        Assert.StartsWith("Closed on 9 June (Founders' Day).", await RefusalAsync(desk, NextTuesday), StringComparison.Ordinal);
        Assert.StartsWith("Irina Volkova is on leave until 11 June.", await RefusalAsync(desk, NextTuesday.AddDays(1)), StringComparison.Ordinal);
        var moved = Assert.IsType<Failure.Invalid>((await desk.SendAsync(await MoveAsync(desk, booked, NextTuesday))).Failure);
        Assert.StartsWith("Closed on 9 June", moved.Errors[nameof(IBookedTime.Date)][0], StringComparison.Ordinal);
        Assert.StartsWith("Closed on 9 June", (await desk.SendAsync(new PreviewBooking.Query(desk.Booking()))).Must().TimeProblem, StringComparison.Ordinal);
        var offered = (await desk.SendAsync(new FreeTimes.Query(desk.Booking(AppointmentKind.Consultation), NextTuesday))).Must();
        Assert.Equal(friday, offered[0].Date);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_treatment_by_device_takes_one_that_stands_in_the_room_or_can_be_carried_there(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var manager = await desk.Clinic.AddManagerAsync();
        var room2 = await desk.Clinic.AddRoomAsync("Room 2");
        Assert.StartsWith("The clinic has no electrophoresis device in use.", Invalid(await desk.SendAsync(ByDevice(desk, desk.Room), acknowledge: true)), StringComparison.Ordinal);
        var fixedOne = (await desk.Clinic.SendAsync(manager, new SaveDevice.Command { Name = "Ionto 1", Kind = DeviceKind.Electrophoresis, RoomId = desk.Room })).Must();

        Assert.Equal("Room 2 has no electrophoresis device; Room 1 has one.", Invalid(await desk.SendAsync(ByDevice(desk, room2), acknowledge: true)));
        var booked = (await desk.SendAsync(ByDevice(desk, desk.Room), acknowledge: true)).Must();

        var appointment = await desk.Clinic.AppointmentAsync(booked);
        Assert.Equal(fixedOne, appointment.DeviceId);
        Assert.Equal(6, appointment.Claims.Count(claim => claim.Resource == ResourceKind.Device));
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = booked, Reason = "Ill" })).Must();
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task One_device_is_never_in_two_rooms()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (manager, linh) = (await desk.Clinic.AddManagerAsync(), await desk.Clinic.AddCosmetologistAsync("Linh Tran"));
        var (other, room2) = (await desk.AnotherPatientAsync(), await desk.Clinic.AddRoomAsync("Room 2"));
        (await desk.Clinic.SendAsync(manager, new SaveDevice.Command { Name = "Ionto 1", Kind = DeviceKind.Electrophoresis })).Must();
        (await desk.SendAsync(ByDevice(desk, desk.Room), acknowledge: true)).Must();
        var second = ByDevice(desk, room2);
        (second.PatientId, second.PractitionerId) = (other, linh);

        var taken = Assert.IsType<Failure.Conflict>((await desk.SendAsync(second, acknowledge: true)).Failure);
        var free = (await desk.SendAsync(new FreeTimes.Query(second, NextTuesday))).Must();

        Assert.StartsWith("Just taken: Ionto 1 is in use in this time.", taken.Message, StringComparison.Ordinal);
        Assert.Equal(new TimeOnly(9, 0), free[0].Start);
        Assert.Equal(new TimeOnly(9, 15), free[1].Start);
        second.Start = new TimeOnly(10, 30);
        (await desk.SendAsync(second, acknowledge: true)).Must();
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_room_is_closed_while_it_is_cleaned_and_the_practitioner_is_not(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (other, room) = (await desk.AnotherPatientAsync(), await desk.Clinic.AddRoomAsync("Room 2", cleaning: 15));
        (await desk.SendAsync(ABooking(desk.Patient, desk.Irina, room, AppointmentKind.Consultation))).Must();

        var after = Assert.IsType<Failure.Conflict>((await desk.SendAsync(ABooking(other, desk.Irina, room, AppointmentKind.Consultation, start: "10:40"))).Failure);
        var before = Assert.IsType<Failure.Conflict>((await desk.SendAsync(ABooking(other, desk.Irina, room, AppointmentKind.Consultation, start: "09:20"))).Failure);

        Assert.Equal("Room 2 is being cleaned until 10:45. Start then, or choose another room.", after.Message);
        Assert.Equal("Room 2 is needed again at 10:00, and takes 15 minutes to clean. End by 09:45, or choose another room.", before.Message);
        (await desk.SendAsync(ABooking(other, desk.Irina, desk.Room, AppointmentKind.Consultation, start: "10:30"))).Must();
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task A_move_into_the_own_cleaning_time_keeps_what_both_need()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var room = await desk.Clinic.AddRoomAsync("Room 2", cleaning: 15);
        var id = (await desk.SendAsync(ABooking(desk.Patient, desk.Irina, room, AppointmentKind.Consultation))).Must();

        (await desk.SendAsync(await MoveAsync(desk, id, NextTuesday, "10:30"))).Must();

        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        Assert.Equal(3, (await desk.Clinic.AppointmentAsync(id)).Claims.Count(claim => claim.Resource == ResourceKind.Cleaning));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Leave_and_holidays_over_booked_appointments_list_them_and_move_nothing(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var manager = await desk.Clinic.AddManagerAsync();
        var inLeave = await desk.BookAsync(AppointmentKind.Consultation);
        var onHoliday = await desk.BookAsync(AppointmentKind.Consultation, NextTuesday.AddDays(2));
        await desk.BookAsync(AppointmentKind.Consultation, NextTuesday.AddDays(3));
        Assert.Empty((await desk.Clinic.SendAsync(manager, new ListDisplaced.Query())).Must());

        var leave = (await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = NextTuesday, Kind = LeaveKind.Training })).Must();
        (await desk.Clinic.SendAsync(manager, new AddHoliday.Command { Date = NextTuesday.AddDays(2), Name = "Founders' Day" })).Must();

        var displaced = (await desk.Clinic.SendAsync(manager, new ListDisplaced.Query(desk.Irina))).Must();
        Assert.Equal([inLeave, onHoliday], displaced.Select(row => row.Id));
        Assert.StartsWith("Irina Volkova is on leave that day.", displaced[0].Why, StringComparison.Ordinal);
        (await desk.Clinic.SendAsync(manager, new RemoveLeave.Command { Id = leave })).Must();
        Assert.Equal([onHoliday], (await desk.Clinic.SendAsync(manager, new ListDisplaced.Query())).Must().Select(row => row.Id));
    }

    [Fact]
    public async Task Impossible_hours_and_leave_are_refused_beside_their_fields()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var manager = await desk.Clinic.AddManagerAsync();
        var version = (await desk.Clinic.SendAsync(manager, new GetWorkingTimes.Query(desk.Irina))).Must().Version;
        var hours = await desk.Clinic.SendAsync(manager, new SetWorkingHours.Command
        {
            Id = desk.Irina,
            Version = version,
            Days = [new() { Day = DayOfWeek.Monday, IsOn = true, From = new(10, 0), To = new(9, 0) }, new() { Day = DayOfWeek.Tuesday, IsOn = true, From = new(9, 0), To = new(17, 0), BreakFrom = new(12, 0) }],
        });
        (await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = NextTuesday })).Must();

        Assert.Equal(["Days[0].To", "Days[1].BreakTo"], Assert.IsType<Failure.Invalid>(hours.Failure).Errors.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("Some of these days are leave already", Invalid(await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = NextTuesday.AddDays(-3), Until = NextTuesday })), StringComparison.Ordinal);
        Assert.StartsWith("This time is over", Invalid(await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = desk.Clinic.Today.AddDays(-3) })), StringComparison.Ordinal);
        Assert.StartsWith("The last day is not before the first", Invalid(await desk.Clinic.SendAsync(manager, new AddLeave.Command { StaffId = desk.Irina, From = NextTuesday, Until = desk.Clinic.Today })), StringComparison.Ordinal);
        Assert.IsType<Failure.Stale>((await desk.Clinic.SendAsync(manager, new SetWorkingHours.Command { Id = desk.Irina, Version = Guid.NewGuid(), AsClinic = true })).Failure);
    }

    [Fact]
    public async Task Working_hours_with_a_break_are_what_is_offered()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var manager = await desk.Clinic.AddManagerAsync();
        var version = (await desk.Clinic.SendAsync(manager, new GetWorkingTimes.Query(desk.Irina))).Must().Version;
        (await desk.Clinic.SendAsync(manager, new SetWorkingHours.Command
        {
            Id = desk.Irina,
            Version = version,
            Days = [new() { Day = DayOfWeek.Tuesday, IsOn = true, From = new(12, 45), To = new(14, 45), BreakFrom = new(13, 15), BreakTo = new(14, 15) }],
        })).Must();

        var free = (await desk.SendAsync(new FreeTimes.Query(desk.Booking(AppointmentKind.Consultation), desk.Clinic.Today, 3))).Must();
        var calendar = (await desk.SendAsync(new GetCalendar.Query(NextTuesday))).Must();

        Assert.Equal([(NextTuesday.AddDays(-7), new TimeOnly(12, 45)), (NextTuesday.AddDays(-7), new(14, 15)), (NextTuesday, new(12, 45))], free.Select(time => (time.Date, time.Start)));
        Assert.Equal([(new TimeOnly(12, 45), new TimeOnly(13, 15)), (new(14, 15), new(14, 45))], calendar.Shifts.Select(shift => (shift.From, shift.To)));
    }

    private static BookAppointment.Command ByDevice(Desk desk, Guid room)
    {
        var command = ABooking(desk.Patient, desk.Irina, room);
        (command.Technique, command.Ingredients) = ("alt-electrophoresis", []);
        return command;
    }

    private static string Invalid<T>(Outcome<T> outcome) => Assert.IsType<Failure.Invalid>(outcome.Failure).Errors.Values.First()[0];

    private static async Task<string> RefusalAsync(Desk desk, DateOnly day) => Invalid(await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, day)));

    private static async Task CloseOnAsync(Desk desk, Guid manager, DayOfWeek closed)
    {
        var hours = (await desk.Clinic.SendAsync(manager, new GetClinicHours.Query())).Must();
        var days = WeekdayForm.Of(hours.Hours);
        days.Single(day => day.Day == closed).IsOn = false;
        (await desk.Clinic.SendAsync(manager, new SetOpeningHours.Command { Version = hours.Version, Days = days })).Must();
    }

    private static async Task<MoveAppointment.Command> MoveAsync(Desk desk, Guid id, DateOnly day, string start = "10:00")
    {
        var appointment = await desk.Clinic.AppointmentAsync(id);
        return new MoveAppointment.Command
        {
            AppointmentId = id,
            Version = appointment.Version,
            Date = day,
            Start = TimeOnly.ParseExact(start, "HH:mm", null),
            Minutes = appointment.Minutes,
            PractitionerId = appointment.PractitionerId,
            RoomId = appointment.RoomId,
        };
    }
}
