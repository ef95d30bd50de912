using MediatR;

namespace MesoClinic.Application.Photos;

/// <summary>Asked before a photo is sent: nobody uploads twenty megabytes to be refused.</summary>
public static class CheckPhotoUpload
{
    [Requires(Permission.RecordSessions)]
    public sealed record Query(Guid PatientId, Guid? SessionId, string View) : IQuery<Done>;

    internal sealed class Handler(PhotoRules rules) : IRequestHandler<Query, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Query query, CancellationToken token) =>
            await rules.WhyNotAsync(query.PatientId, query.SessionId, query.View, token) is { } refusal ? refusal : default(Done);
    }
}
