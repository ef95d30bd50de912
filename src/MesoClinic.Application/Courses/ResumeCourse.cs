using MediatR;
using MesoClinic.Domain.Courses;

namespace MesoClinic.Application.Courses;

/// <summary>Goes on with a paused course.</summary>
public static class ResumeCourse
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid CourseId { get; set; }
    }

    internal sealed class Handler(CourseSteps steps, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public Task<Outcome<Done>> Handle(Command command, CancellationToken token) => steps.DoAsync(
            command.CourseId, nameof(ResumeCourse), course => course.State == CourseState.Paused, "Only a paused course can be resumed. Plan a new one instead.",
            course =>
            {
                course.Resume(time.UtcNow);
                return Task.CompletedTask;
            },
            token);
    }
}
