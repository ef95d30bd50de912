using FluentValidation;
using MesoClinic.Application.Booking;

namespace MesoClinic.Application.Courses;

/// <summary>One time of a series that is to be booked, or one appointment and the time it is to move to.</summary>
public sealed class SeriesItem : IBookedTime
{
    /// <summary>When the rest of a course is moved: which appointment, and the version that the person saw.</summary>
    public Guid? AppointmentId { get; set; }
    public Guid? Version { get; set; }
    public DateOnly? Date { get; set; }
    public TimeOnly? Start { get; set; }
    public int? Minutes { get; set; }
    public Guid? PractitionerId { get; set; }
    public Guid? RoomId { get; set; }
}

internal static class SeriesItems
{
    public static IRuleBuilderOptions<T, List<SeriesItem>> AreSeries<T>(this IRuleBuilder<T, List<SeriesItem>> items) =>
        items.Must(list => list.Count is >= 1 and <= Domain.Courses.Course.MostSessions).WithMessage("Choose at least one of the times.")
            .Must(list => list.Select(item => item.Date).Distinct().Count() == list.Count).WithMessage("Two sessions lie on the same day.");

    /// <summary>The refusal of one of them, with its day: none of the series is booked.</summary>
    public static Failure Of(SeriesItem item, Failure failure)
    {
        var day = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Date:dddd d MMMM}, {item.Start:HH:mm}");
        return failure switch
        {
            Failure.Conflict conflict => new Failure.Conflict($"{day}: {conflict.Message} Nothing was changed."),
            Failure.Invalid invalid when invalid.Errors.ContainsKey(nameof(BookAppointment.Command.Acknowledged)) => invalid,
            Failure.Invalid invalid => new Failure.Conflict($"{day}: {invalid.Errors.Values.First()[0]} Nothing was changed."),
            _ => failure,
        };
    }
}
