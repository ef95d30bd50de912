using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Courses;

/// <summary>A course of the desk's patient, every five to seven days at 10:00, and its sessions booked at once.</summary>
internal sealed record BookedCourse(Guid Id, IReadOnlyList<Guid> Sessions, IReadOnlyList<string> Cautions)
{
    public static async Task<BookedCourse> OfAsync(Desk desk, int sessions, DateOnly? first = null)
    {
        var course = (await desk.SendAsync(new PlanCourse.Command
        {
            PatientId = desk.Patient, PractitionerId = desk.Irina, Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid"],
            Sessions = sessions, IntervalDaysMin = 5, IntervalDaysMax = 7,
        })).Must();
        var series = (await desk.SendAsync(new PreviewSeries.Query { CourseId = course, First = first ?? BookingBuilders.NextTuesday, Start = new(10, 0), Minutes = 30 })).Must();
        IReadOnlyList<string> cautions = [.. series.Cautions.Select(caution => caution.Rule)];
        var booked = (await desk.SendAsync(new BookSeries.Command
        {
            CourseId = course,
            Items = [.. series.Times.Select(time => new SeriesItem { Date = time.Time.Date, Start = time.Time.Start, Minutes = 30, PractitionerId = time.Time.PractitionerId, RoomId = time.Time.RoomId })],
            Acknowledged = cautions,
        })).Must();
        return new BookedCourse(course, booked, cautions);
    }
}
